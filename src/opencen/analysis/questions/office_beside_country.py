"""How an office reports beside the country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Answer, Column, Note
from opencen.analysis.covering import Layer, weigh_rows
from opencen.analysis.measures.rates import Frame, Rates, country_frame, has_offices, rate_all
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question

_EVER = (date(1900, 1, 1), date(9999, 12, 1))
RATES = ("completeness", "days_to_enter", "days_to_validate", "unknown_share")


@question
class OfficeBesideCountry(Question):
    """How complete and timely one office reports beside the country: rates of open records of three offices or more."""

    name = "office_beside_country"
    title = _("My office and the country: how well it reports")
    base = "offices"
    parameters = ("own",)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a rate; the country stands beside it only where enough offices are in it."""
        own, country = self._read(reader, parameters)
        office = office_tree().by_code.get(parameters.get("own", ""))
        return Answer(
            self.name,
            self.base,
            (
                Column("figure", _("Figure"), "text"),
                Column("own", _("Office"), "quantity"),
                Column("country", _("The country"), "quantity"),
            ),
            tuple((name, _rate(own, name), _rate(country, name) if country else None) for name in RATES),
            reader.snapshot.as_of,
            notes=(Note("office.compared", {"office": office.name if office else ""}),),
            links=tuple(None for _name in RATES),
            details={"cases": own.cases, "has_country": country is not None},
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh the office's rates by its cases; the country's are of three offices and more."""
        return [weigh_rows(answer, [answer.details["cases"]] * len(answer.rows), [1])]

    def _read(self, reader: Reader, parameters: Mapping[str, str]) -> tuple[Rates, Rates | None]:
        """Rate the office with everything below it, and the country where it is more than a handful of offices."""
        office = office_tree().by_code.get(parameters.get("own", ""))
        below = frozenset(office_tree().below(office.id)) if office else frozenset()
        chosen = reader.selection
        frame = Frame(reader.terms, chosen.since or _EVER[0], chosen.until or _EVER[1], below)
        country = country_frame(frame)
        is_shown = has_offices(reader.snapshot, country)
        return rate_all(reader.snapshot, frame), rate_all(reader.snapshot, country) if is_shown else None


def _rate(rates: Rates, name: str) -> float | None:
    """Return one rate; completeness as a share."""
    if name == "completeness":
        return None if rates.completeness is None else rates.completeness / 100
    return rates.unknown if name == "unknown_share" else getattr(rates, name)
