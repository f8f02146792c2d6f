"""The large world of subjects holds what the product itself would have written."""

from __future__ import annotations

from typing import Any

import pytest

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.records.checking import parse_document
from opencen.records.derived import load_current
from opencen.records.documents import digests_agree
from opencen.records.effective import effective_schema
from opencen.records.intake import check
from opencen.records.links.queries import links_of
from opencen.records.models import IndexValue, Record, Revision
from opencen.records.rebuilding import rebuild_projection
from tests import make
from tests.bench.subject_documents import HEAVY, KINDS, Size, record_of
from tests.bench.subject_loading import load_here
from tests.bench.subject_names import misspelt, name_person
from tests.bench.subject_rows import HEAVY_LINKS

SIZE = Size.of(150)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    load_here(SIZE)


def test_every_document_is_as_the_door_takes_it(world: None) -> None:
    for current in load_current(Record.objects.values_list("pk", flat=True)):
        parsed = parse_document(current.document, effective_schema(current.record.type))
        assert parsed.document == current.document
        assert [found for found in parsed.findings if found.level == "error"] == []


def test_the_rules_find_no_error_in_it(world: None) -> None:
    analyst = actor_of(User.objects.get(username="country"))
    for kind in KINDS:
        record = Record.objects.filter(type=kind, compartment_id=None).first()
        assert record is not None
        document = load_current([record.pk])[0].document
        found = check(analyst, make.submission(document, type=kind, mode="historical")).findings
        assert [one.key for one in found if one.level == "error"] == []


def test_what_lists_and_searches_read_is_what_the_revisions_give(world: None) -> None:
    before = _projection()
    rebuild_projection()
    assert _projection() == before
    assert all(digests_agree(revision) for revision in Revision.objects.all())


def _projection() -> tuple[Any, ...]:
    values = IndexValue.objects.values_list("record_id", "path", "item", "text", "number", "is_nominal")
    return list(Record.objects.order_by("pk").values()), sorted(map(str, values))


def test_one_person_has_a_thousand_links_and_is_named_by_many_cases(world: None) -> None:
    heavy = record_of("suspect", HEAVY, SIZE)
    assert IndexValue.objects.filter(path="persons.suspect", text=str(heavy)).count() >= SIZE.case
    national = actor_of(User.objects.get(username="closed-group"))
    assert len(links_of(national, heavy)) > HEAVY_LINKS // 2


def test_a_person_drawn_twice_has_the_same_name() -> None:
    assert [name_person(number) for number in range(200)] == [name_person(number) for number in range(200)]
    assert {name_person(number).script for number in range(200)} == {"arab", "cyrl", "hans", "latn"}


def test_a_slip_of_the_hand_changes_a_name_by_little() -> None:
    for bits in range(400):
        slipped = misspelt("Dmitri Petrov", bits)
        assert abs(len(slipped) - len("Dmitri Petrov")) <= 1
