"""The facts of one moment in this process: commands, the worker, tests, and the figures process itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Answer
from opencen.analysis.covering import cover_answer
from opencen.analysis.facts.snapshot import Snapshot, drop_snapshot, present_snapshot
from opencen.analysis.measures.dimensions import dimension, spread_rows
from opencen.analysis.measures.quality import QualityNumbers, read_numbers
from opencen.analysis.measures.rates import Frame
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import EMPTY, Selection, read_month
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.analysis.measures.ways import WAYS
from opencen.analysis.question import QUESTIONS
from opencen.kernel.later import load_later
from opencen.kernel.registry import scan_modules
from opencen.records.lock import LockTerms

if TYPE_CHECKING:
    import duckdb
else:
    duckdb = load_later("duckdb")

MODULES = tuple(scan_modules("opencen.analysis.questions"))
Found = TypeVar("Found")


@dataclass(slots=True)
class LocalMoment:
    """One snapshot of the facts, opened anew where its files were replaced meanwhile."""

    snapshot: Snapshot

    @property
    def as_of(self) -> datetime:
        """Return the moment."""
        return self.snapshot.as_of

    def answer(self, terms: LockTerms, name: str, selection: Selection, parameters: Mapping[str, str]) -> Answer:
        """Answer a question within a selection."""
        found = QUESTIONS.get(name)
        return self._read(lambda: found.answer(Reader(terms, self.snapshot, selection), parameters))

    def answer_covered(
        self, terms: LockTerms, name: str, selection: Selection, parameters: Mapping[str, str]
    ) -> Answer:
        """Answer a question as it may be taken away: small cells covered."""
        found = QUESTIONS.get(name)

        def work() -> Answer:
            reader = Reader(terms, self.snapshot, selection)
            answer = found.answer(reader, parameters)
            return cover_answer(answer, found.weigh(reader, parameters, answer), reader.total("cases"))

        return self._read(work)

    def list_behind(self, terms: LockTerms, selection: Selection, members: Mapping[str, str], most: int) -> list[UUID]:
        """Return the cases with a counted line in every member named."""
        reader = Reader(terms, self.snapshot, selection)
        table = spread_rows(reader.cases, [name for name in members if name not in WAYS])
        for name, code in members.items():
            table = table.filter(_is_member(table, name, code))
        rows = table.select("record_id").distinct().order_by("record_id").limit(most)
        return [row[0] for row in self._read(lambda: Reader(terms, self.snapshot, selection).fetch(rows))]

    def list_revisions(self, terms: LockTerms, selection: Selection, most: int) -> dict[str, int]:
        """Return every case that a selection counts, with its revision."""
        table = Reader(terms, self.snapshot, selection).cases
        rows = table.select("record_id", "revision").distinct().order_by("record_id").limit(most)
        found = self._read(lambda: Reader(terms, self.snapshot, selection).fetch(rows))
        return {str(row[0]): row[1] for row in found}

    def count_years(self, terms: LockTerms, selection: Selection) -> list[tuple[int, int, int]]:
        """Return cases and seizures by year."""
        rows = self._read(
            lambda: Reader(terms, self.snapshot, selection).tabulate(("year",), ("cases", "seizures"))
        )  # fmt: skip
        return [(row[0], row[1], row[2]) for row in rows if row[0] is not None]

    def read_quality(self, frame: Frame, office: str) -> QualityNumbers:
        """Return the numbers of an office's quality."""
        return self._read(lambda: read_numbers(self.snapshot, frame, office))

    def _read(self, work: Callable[[], Found]) -> Found:
        try:
            return work()
        except duckdb.IOException:  # the files of this moment were replaced meanwhile
            drop_snapshot()
            self.snapshot = present_snapshot()
            return work()


def _is_member(table: Table, name: str, code: str) -> Value:
    """Return the condition that a row is in one member; a month and an office as addresses write them."""
    if name in WAYS:
        return WAYS[name].condition(table, code)
    values = dimension(name).values(table)
    if code == EMPTY:
        return values.isnull()
    if name == "month":
        return values == read_month(code, name)
    if name == "year":
        return values.cast("string") == code
    if name == "office":
        found = office_tree().by_code.get(code)
        return values == found.id if found else ibis.literal(False)
    return values == code
