"""The reference of measures names what there is."""

from __future__ import annotations

from pathlib import Path

from opencen.analysis.measures.dimensions import DIMENSIONS
from opencen.analysis.measures.measures import MEASURES
from opencen.analysis.queries import list_questions


def test_the_reference_names_every_question_measure_and_dimension(project: Path):
    text = (project / "docs" / "reference" / "measures.md").read_text("utf-8")
    names = [*DIMENSIONS.names(), *MEASURES.names(), *(question.name for question in list_questions())]
    assert [name for name in names if f"`{name}`" not in text] == []
