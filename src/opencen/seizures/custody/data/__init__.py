"""Shipped clocks and tolerances by kind of goods."""
