"""What may be asked of the facts of one moment, wherever they are held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from opencen.analysis.answers import Answer
from opencen.analysis.measures.quality import QualityNumbers
from opencen.analysis.measures.rates import Frame
from opencen.analysis.measures.selection import Selection
from opencen.records.lock import LockTerms


class Moment(Protocol):
    """The facts of one moment: every question says by which terms of the lock it is asked."""

    @property
    def as_of(self) -> datetime:
        """Return the moment."""

    def answer(self, terms: LockTerms, name: str, selection: Selection, parameters: Mapping[str, str]) -> Answer:
        """Answer a question within a selection."""

    def answer_covered(
        self, terms: LockTerms, name: str, selection: Selection, parameters: Mapping[str, str]
    ) -> Answer:
        """Answer a question as it may be taken away: small cells covered."""

    def list_behind(self, terms: LockTerms, selection: Selection, members: Mapping[str, str], most: int) -> list[UUID]:
        """Return the cases with a counted line in every member named."""

    def list_revisions(self, terms: LockTerms, selection: Selection, most: int) -> dict[str, int]:
        """Return every case that a selection counts, with its revision."""

    def count_years(self, terms: LockTerms, selection: Selection) -> list[tuple[int, int, int]]:
        """Return cases and seizures by year."""

    def read_quality(self, frame: Frame, office: str) -> QualityNumbers:
        """Return the numbers of an office's quality."""
