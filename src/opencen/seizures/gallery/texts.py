"""The words of the gallery."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "picture.not_found": "There is no such picture, or it is not for you to see.",
        "picture.no_marks": ("Nothing is marked.", "Draw at least one rectangle on the picture."),
        "picture.too_many_marks": "More than {limit} marks on one picture.",
        "picture.mark_outside": ("A mark lies outside the picture.", "Left, top, width and height are per cent."),
        "picture.refused": ("The case cannot be amended as it is ({codes}).", "Open it and repair it first."),
    }
)
