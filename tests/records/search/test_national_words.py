"""A place of one's own is found by any of its labels, whatever the language, though its list is too long to be known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from opencen.codelists.catalogue import drop_cache
from opencen.log.sealer import seal_all
from opencen.log.stamps import drop_caches
from opencen.records.derived import catch_up
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests import make
from tests.support.wazin import LABELS, add_wazin

pytestmark = pytest.mark.django_db


@pytest.fixture
def wazin() -> Iterator[None]:
    """Add a border post of one's own, and a case found there beside one found elsewhere."""
    drop_caches()
    add_wazin()
    make.submit_case(make.actor("officer"), place={"locode": "tn:wazin"})
    make.submit_case(make.actor("officer"), place={"locode": "TNRDS"}, detected_at="2024-01-05")
    yield
    drop_caches()
    drop_cache()


def test_a_place_of_ones_own_is_found_by_any_of_its_labels(wazin: None) -> None:
    asked = [*LABELS.values(), "وازن", "wazin"]
    assert {text: found(text) for text in asked} == dict.fromkeys(asked, 1)
    seal_all()
    catch_up(SEARCH)
    assert {text: found(text) for text in asked} == dict.fromkeys(asked, 1)


def found(text: str) -> int:
    """Return how many cases a text finds."""
    return len(search(make.actor("officer"), SearchRequest(type="case", text=text)).rows)
