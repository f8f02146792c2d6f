"""A result as a chart: what is drawn when nobody has chosen."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from opencen.kernel.clock import now
from opencen.records.facets import Facet
from opencen.records.search.request import SearchResult
from opencen.web.pages.result_views import figure_of

FACETS = (
    Facet("kind", "Kind", codelist="case_kind"),
    Facet("commodity", "Goods", codelist="commodity"),
    Facet("direction", "Direction", codelist="direction"),
)
ONE_LEVEL = [("drugs", 9), ("drugs.cocaine", 9)]
TWO_SECTIONS = [*ONE_LEVEL, ("revenue", 2)]


@pytest.mark.parametrize(
    ("goods", "directions", "asked", "drawn"),
    [
        (TWO_SECTIONS, [("import", 9)], "", "Goods"),
        (ONE_LEVEL, [("import", 5), ("export", 4)], "", "Direction"),
        (ONE_LEVEL, [("import", 9)], "", "Kind"),
        (TWO_SECTIONS, [("import", 9)], "by=kind", "Kind"),
    ],
)
def test_a_chart_begins_with_what_divides_the_result(goods, directions, asked, drawn) -> None:
    counts = {"kind": [("seizure", 9)], "commodity": goods, "direction": directions}
    result = SearchResult(ids=[], rows=[], total=9, facets=counts, took_ms=0, as_of=now())
    assert figure_of(FACETS, result, QueryDict(asked), "en")["title"] == drawn
