"""My office against the country."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.covering import Layer, cases_by, weigh_rows
from opencen.analysis.grids import link_cell
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class OfficeAgainstAll(Question):
    """What one office seizes beside what all offices in view seize, each as a share of its own total."""

    name = "office_against_all"
    title = _("My office against the country")
    base = "seizures"
    parameters = ("own",)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a flow of goods; what the reader may not see is in neither of the two."""
        code = parameters.get("own", "")
        office = office_tree().by_code.get(code)
        whole = dict(reader.tabulate(("flow",), ("seizures",)))
        below = office_tree().below(office.id) if office else frozenset()
        table = reader.cases.filter(reader.is_office(reader.cases, frozenset(below)))
        own = dict(reader.tabulate_rows(table, ("flow",), ("seizures",)))
        all_own, all_whole = sum(own.values()), sum(whole.values())
        rows = order_by_value(
            [(flow, own.get(flow, 0), _share(own.get(flow, 0), all_own), count, _share(count, all_whole))
             for flow, count in whole.items() if count],
            3,
        )  # fmt: skip
        return Answer(
            self.name,
            self.base,
            (
                member_column("flow"),
                Column("own", _("Office"), "count"),
                Column("own_share", _("Share of the office"), "share"),
                Column("all", _("All in view"), "count"),
                Column("all_share", _("Share of all"), "share"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"own": all_own, "all": all_whole},
            notes=(Note("office.compared", {"office": office.name if office else ""}),),
            links=tuple(link_cell({"flow": row[0]}) for row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh what all seized by its cases, and the office's own also by what the others have beside it."""
        office = office_tree().by_code.get(parameters.get("own", ""))
        below = office_tree().below(office.id) if office else frozenset()
        table = reader.cases.filter(reader.is_office(reader.cases, frozenset(below)))
        own = dict(reader.tabulate_rows(table, ("flow",), ("cases",)))
        every = {key[0]: count for key, count in cases_by(reader, ("flow",)).items()}
        counts = [_smaller(own.get(row[0], 0), every.get(row[0], 0)) for row in answer.rows]
        whole = weigh_rows(answer, [every.get(row[0], 0) for row in answer.rows], [3, 4])
        return [weigh_rows(answer, counts, [1, 2]), whole]


def _smaller(own: int, every: int) -> int:
    """Return the cases of the office, or of all others where these are fewer and not none."""
    return min(own, every - own) if 0 < own < every else own


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
