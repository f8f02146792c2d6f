"""Whatever the schema accepts, rules, titles and pages can take: odd codes, bare items, partial dates, huge numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opencen.records.schema import Annotations, Node, build_tree, to_canonical
from opencen.records.texts import finding_text
from opencen.seizures.documents import Case, Control
from opencen.seizures.domain import case_rules
from opencen.seizures.projection import case_columns, case_date, control_columns
from opencen.seizures.queries.entry import computed_quantities
from opencen.seizures.queries.history import change_views
from opencen.seizures.queries.parties import party_views
from opencen.seizures.queries.parts import fact_rows, figures_text, leg_views, line_views
from opencen.seizures.titles import case_title, control_title
from tests import make
from tests.seizures.cases import find

CODES = (
    "seizure", "contraband", "cover_load", "drugs.cocaine", "revenue.tobacco.cigarettes", "money.cash.banknotes", "kg",
    "g", "carton", "bottle", "currency", "tablet", "TN", "EC", "EUR", "vessel", "air", "seaport", "import", "laboratory",
    "court", "on_person.body_packing", "in_transport.container.walls", "tn:nothing", "unknown", "charged", "photo",
)  # fmt: skip
DATES = ("2026", "2026-06", "2026-06-12", "2026-06-12T06:20+01:00", "0001", "9999-12-31", "2024-02-29")
NUMBERS = ("0", "-1", "0.000000001", "3", "86.42", "412000", "999999999999999", "1E+3")
TEXTS = ("A", "Sahel Fruits", "OCLU3026189", "9365049", "شركة", "<script>", "{0}", "%s", "i1", "i2", "0" * 64)


def leaf_values(leaf: Annotations) -> st.SearchStrategy[Any]:
    if leaf.items == "set":
        return st.lists(st.sampled_from(TEXTS), max_size=2, unique=True)
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "code": st.sampled_from(CODES),
        "partial_date": st.sampled_from(DATES),
        "decimal": st.sampled_from(NUMBERS),
        "boolean": st.booleans(),
        "integer": st.integers(1900, 2026),
        "office": st.sampled_from(("RDS", "NOWHERE")),
    }
    return by_kind.get(leaf.kind, st.sampled_from(TEXTS))


def documents(node: Node, depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Draw documents of any shape that a schema's tree allows, a few fields and items at a time."""
    fields = {name: leaf_values(leaf) for name, leaf in node.leaves.items() if name != "national"}
    for name, inner in node.groups.items():
        part = documents(inner, depth + 1)
        fields[name] = st.lists(part, max_size=2).map(numbered) if name in node.repeats else part
    names = sorted(fields)
    chosen = st.lists(st.sampled_from(names), max_size=8 if depth else 14, unique=True)
    return chosen.flatmap(lambda kept: st.fixed_dictionaries({name: fields[name] for name in kept}))


def numbered(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**item, "id": f"i{number}"} for number, item in enumerate(items, 1)]


CASES = documents(build_tree(Case))
ODD = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@ODD
@given(CASES)
def test_no_rule_breaks_on_anything_the_schema_accepts(document: dict[str, Any]) -> None:
    for rule in case_rules():
        if not rule.needs_database:
            assert {found.level for found in find(rule, document)} <= {rule.level}


@ODD
@given(CASES)
def test_every_case_has_a_title_and_a_head(document: dict[str, Any]) -> None:
    stated = to_canonical(Case.model_validate(document))
    columns = case_columns(stated)
    assert case_title(columns.summary, "en")
    assert case_title(columns.summary, "fr")
    assert columns.occurred_on == case_date(stated)


@ODD
@given(documents(build_tree(Control)))
def test_every_control_has_a_title(document: dict[str, Any]) -> None:
    assert control_title(control_columns(to_canonical(Control.model_validate(document))).summary, "en")


@pytest.mark.django_db
@ODD
@given(CASES, CASES)
def test_pages_and_differences_can_show_any_case(first: dict[str, Any], second: dict[str, Any]) -> None:
    before, after = (to_canonical(Case.model_validate(document)) for document in (first, second))
    for language in ("en", "fr"):
        line_views(after, language)
        leg_views(after, language)
        party_views(after, language)
        list(fact_rows(after, language))
        assert figures_text(after, language)
        changes = list(change_views(before, after, language))
        assert all(change.label for change in changes)
    assert list(change_views(after, after, "en")) == []


@pytest.mark.django_db
@ODD
@given(CASES)
def test_every_finding_of_an_odd_case_is_a_sentence(document: dict[str, Any]) -> None:
    for rule in case_rules():
        if not rule.needs_database:
            assert all(finding_text(found, "fr").message for found in find(rule, document))


@pytest.mark.django_db
@ODD
@given(CASES)
def test_quantities_of_an_odd_entry_are_computed_or_left_out(document: dict[str, Any]) -> None:
    reader = make.actor(office_id=None)
    assert isinstance(computed_quantities(reader, document), list)
