"""A country adds its own codes; each counts as the standard code it maps to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from opencen.codelists.catalogue import drop_cache, find, get_list, resolve
from opencen.codelists.models import NationalCode
from opencen.codelists.permissions import MANAGE_CODELISTS
from opencen.codelists.queries import STAMP
from opencen.codelists.services import add_national_code, retire_national_code
from opencen.kernel.actor import system_actor
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.log import stamps
from opencen.log.models import Entry, Stamp
from opencen.log.stamps import drop_caches

pytestmark = pytest.mark.django_db

MANAGER = system_actor(MANAGE_CODELISTS)
ZATLA = "tn:drugs.cannabis.zatla"
RESIN = "drugs.cannabis.resin"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget what an earlier test's rolled-back codes left in the process."""
    drop_caches()
    yield
    drop_caches()
    drop_cache()


def add(**changes: Any) -> None:
    """Add a good national code, changed as a test needs it."""
    wanted: dict[str, Any] = {
        "list_name": "commodity",
        "code": ZATLA,
        "maps_to": RESIN,
        "labels": {"fr": "Zatla en plaquettes"},
        "aliases": {"fr": ["Zatla pressée"]},
        **changes,
    }
    add_national_code(MANAGER, **wanted)


def test_a_national_code_is_in_the_list_and_found_at_once() -> None:
    add()
    commodities = get_list("commodity")
    assert commodities.standard(ZATLA) == RESIN
    assert commodities.is_under(ZATLA, "drugs.cannabis")
    assert commodities[ZATLA].attributes["default_unit"] == "kg"
    assert [match.code for match in find("commodity", "zatla en")] == [ZATLA]
    found = resolve("commodity", "zatla pressee")
    assert found is not None
    assert found.code == ZATLA


def test_adding_and_retiring_are_in_the_log() -> None:
    add()
    retire_national_code(MANAGER, list_name="commodity", code=ZATLA, until=date(2026, 6, 30))
    acts = list(Entry.objects.filter(act__startswith="national_code").order_by("number").values_list("act", flat=True))
    assert acts == ["national_code.added", "national_code.retired"]


def test_a_retired_code_stays_readable_but_is_no_longer_in_force() -> None:
    add()
    retire_national_code(MANAGER, list_name="commodity", code=ZATLA, until=date(2026, 6, 30))
    commodities = get_list("commodity")
    assert commodities.label(ZATLA, "fr") == "Zatla en plaquettes"
    assert commodities.is_valid(ZATLA, date(2026, 6, 30))
    assert not commodities.is_valid(ZATLA, date(2026, 7, 1))
    assert find("commodity", "zatla en", on=date(2026, 7, 1)) == []


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"code": "zatla"}, Invalid, "code.not_national"),
        ({"code": "TN:zatla"}, Invalid, "code.not_national"),
        ({"code": "tn:a.b.c.d.e.f.g.h"}, Invalid, "code.not_national"),
        ({"code": "tn:" + "a" * 60}, Invalid, "code.not_national"),
        ({"maps_to": "drugs.nothing"}, Invalid, "code.unknown"),
        ({"maps_to": "tn:other"}, Invalid, "code.unknown"),
        ({"labels": {}}, Invalid, "code.label_missing"),
        ({"labels": {"fr": "  "}}, Invalid, "code.label_missing"),
        ({"labels": {"fr": "x" * 300}}, Invalid, "code.label_unusable"),
        ({"labels": {"fr": "Résine de Cannabis"}}, Conflict, "code.label_taken"),
        ({"list_name": "no_such_list"}, NotFound, "codelist.unknown"),
    ],
)
def test_a_bad_national_code_is_refused_with_its_reason(changes: dict[str, Any], error: type, code: str) -> None:
    with pytest.raises(error) as caught:
        add(**changes)
    assert caught.value.code == code
    drop_caches()
    assert ZATLA not in get_list("commodity")


def test_a_code_is_taken_once() -> None:
    add()
    with pytest.raises(Conflict, match=r"code\.taken"):
        add(labels={"fr": "Autre nom"})


def test_a_national_code_never_maps_to_another_national_one() -> None:
    add()
    with pytest.raises(Invalid, match=r"code\.unknown"):
        add(code="tn:drugs.cannabis.zatla_2", maps_to=ZATLA, labels={"fr": "Zatla deux"})


def test_a_code_that_another_process_added_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ZATLA not in get_list("commodity")
    NationalCode.objects.create(list_name="commodity", code=ZATLA, maps_to=RESIN, labels={"fr": "Zatla"})
    Stamp.objects.update_or_create(name=STAMP, defaults={"value": uuid7()})
    monkeypatch.setattr(stamps, "MAX_AGE", 0.0)
    assert ZATLA in get_list("commodity")
    assert resolve("commodity", "Zatla") is get_list("commodity")[ZATLA]


def test_the_lists_are_not_read_again_within_a_second(django_assert_num_queries: Any) -> None:
    get_list("commodity")
    with django_assert_num_queries(0):
        for _ in range(100):
            get_list("commodity")
            resolve("unit", "kg")


def test_only_who_manages_lists_may_add_or_retire() -> None:
    stranger = system_actor("cases:read")
    with pytest.raises(Forbidden):
        add_national_code(stranger, list_name="commodity", code=ZATLA, maps_to=RESIN, labels={"fr": "Zatla"})
    with pytest.raises(Forbidden):
        retire_national_code(stranger, list_name="commodity", code=ZATLA, until=date(2026, 1, 1))


def test_what_does_not_exist_cannot_be_retired() -> None:
    with pytest.raises(NotFound):
        retire_national_code(MANAGER, list_name="commodity", code=RESIN, until=date(2026, 1, 1))


def test_a_code_cannot_end_before_it_starts() -> None:
    add(valid_from=date(2026, 3, 1))
    with pytest.raises(Invalid, match=r"code\.ends_before_start"):
        retire_national_code(MANAGER, list_name="commodity", code=ZATLA, until=date(2026, 2, 1))
