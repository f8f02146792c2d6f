"""The address of a figure: which page or figure it opens, within which selection, asked with what."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import find_question, selection_from
from opencen.kernel.errors import Invalid, NotFound

DASHBOARD, REPORT = "/analysis", "/analysis/report"
FIGURE = "/analysis/figures/"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Address:
    """A figure's address, taken apart; `question` is empty where all figures of the report are meant."""

    text: str
    question: str
    selection: Selection
    parameters: dict[str, str]


def read_address(text: str) -> Address:
    """Read an address of this room, or raise Invalid: nothing else can be saved."""
    parts = urlsplit(text[: LONGEST + 1])
    if len(text) > LONGEST or parts.scheme or parts.netloc:
        raise Invalid("saved_figure.unknown_address", path="address", value=text[:60])
    given = parse_qs(parts.query, keep_blank_values=False)
    kept = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if parts.path in (DASHBOARD, REPORT):
        return Address(kept, "", selection_from(given), {})
    if not parts.path.startswith(FIGURE):
        raise Invalid("saved_figure.unknown_address", path="address", value=text[:60])
    name = parts.path.removeprefix(FIGURE)
    try:
        question = find_question(name)
    except NotFound:
        raise Invalid("saved_figure.unknown_address", path="address", value=text[:60]) from None
    parameters = {key: given[key][0] for key in question.parameters if key in given}
    return Address(kept, name, selection_from(given), parameters)
