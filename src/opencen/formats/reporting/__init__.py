"""Reporting obligations: what a body asks for, column by column, made of validated cases without names."""
