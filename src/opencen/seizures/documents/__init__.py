"""The documents of this room: the case (seizure, offence, detention) and the control."""

from opencen.seizures.documents.case import Case
from opencen.seizures.documents.control import Control
from opencen.seizures.documents.parts import Line

__all__ = ["Case", "Control", "Line"]
