"""Three-way merge by item identity."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.records.differences import differences
from opencen.records.merge import merge_documents
from opencen.records.parts import join_parts, split_document
from opencen.records.schema import build_tree, without_empty
from opencen.seizures.documents import Case

TREE = build_tree(Case)


def lines(*quantities: str) -> list[dict[str, Any]]:
    return [{"id": f"l{n}", "quantity": quantity} for n, quantity in enumerate(quantities) if quantity]


TABLE = [
    # what, base, ours, theirs, merged, conflicts
    ("one side changed", {"direction": "import"}, {"direction": "export"}, {"direction": "import"}, {"direction": "export"}, []),
    ("both alike", {"direction": "import"}, {"direction": "export"}, {"direction": "export"}, {"direction": "export"}, []),
    ("both differently", {"direction": "import"}, {"direction": "export"}, {"direction": "transit"}, {"direction": "export"}, ["direction"]),
    ("one side emptied", {"direction": "import"}, {}, {"direction": "import"}, {}, []),
    ("other fields", {}, {"direction": "export"}, {"country": "TN"}, {"direction": "export", "country": "TN"}, []),
    ("sets", {"operations": ["A", "B"]}, {"operations": ["A", "B", "C"]}, {"operations": ["B"]}, {"operations": ["B", "C"]}, []),
    ("items added on both sides", {}, {"lines": lines("1")}, {"lines": [{"id": "x", "quantity": "2"}]},
     {"lines": [{"id": "l0", "quantity": "1"}, {"id": "x", "quantity": "2"}]}, []),
    ("item deleted against untouched", {"lines": lines("1", "2")}, {"lines": lines("1", "")}, {"lines": lines("1", "2")}, {"lines": lines("1")}, []),
    ("item deleted against edited", {"lines": lines("1", "2")}, {"lines": lines("1", "")}, {"lines": lines("1", "3")},
     {"lines": [{"id": "l0", "quantity": "1"}, {"id": "l1", "quantity": "3"}]}, ["lines[l1]"]),
    ("item deleted on both sides", {"lines": lines("1", "2")}, {"lines": lines("1", "")}, {"lines": lines("1", "")}, {"lines": lines("1")}, []),
    ("fields of one item", {"lines": lines("1")}, {"lines": [{"id": "l0", "quantity": "1", "unit": "kg"}]}, {"lines": lines("5")},
     {"lines": [{"id": "l0", "quantity": "5", "unit": "kg"}]}, []),
    ("one side moved legs", {"route": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}, {"route": [{"id": "a"}, {"id": "b"}, {"id": "c"}]},
     {"route": [{"id": "c"}, {"id": "a"}, {"id": "b"}]}, {"route": [{"id": "c"}, {"id": "a"}, {"id": "b"}]}, []),
    ("both moved legs differently", {"route": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}, {"route": [{"id": "b"}, {"id": "a"}, {"id": "c"}]},
     {"route": [{"id": "c"}, {"id": "a"}, {"id": "b"}]}, {"route": [{"id": "b"}, {"id": "a"}, {"id": "c"}]}, ["route.order"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "base", "ours", "theirs", "merged", "conflicts"), TABLE, ids=[row[0] for row in TABLE]
)
def test_two_statements_are_merged(what, base, ours, theirs, merged, conflicts):
    found = merge_documents(base, ours, theirs, TREE)
    assert found.document == merged
    assert found.conflicts == conflicts


ids = st.sampled_from(["a", "b", "c", "d"])
words = st.sampled_from(["one", "two", "three"])
measure = st.fixed_dictionaries({"id": ids}, optional={"quantity": words, "unit": words})
line = st.fixed_dictionaries(
    {"id": ids},
    optional={
        "quantity": words,
        "commodity": words,
        "description": words,
        "measures": st.lists(measure, unique_by=lambda item: item["id"], max_size=3),
        "persons": st.lists(ids, unique=True, max_size=3),
    },
)
person = st.fixed_dictionaries(
    {"id": ids}, optional={"name": words, "role": words, "phones": st.lists(words, unique=True)}
)
documents = st.fixed_dictionaries(
    {},
    optional={
        "direction": words,
        "narrative": words,
        "lines": st.lists(line, unique_by=lambda item: item["id"], max_size=4),
        "persons": st.lists(person, unique_by=lambda item: item["id"], max_size=4),
        "place": st.fixed_dictionaries({}, optional={"name": words, "zone": words}),
    },
).map(without_empty)


@given(documents, documents)
def test_a_merge_with_nothing_changed_on_the_other_side_is_that_side(base, ours):
    assert merge_documents(base, ours, base, TREE).document == ours
    assert merge_documents(base, base, ours, TREE).document == ours
    assert not merge_documents(base, ours, base, TREE).conflicts


@given(documents, documents, documents)
def test_conflicts_do_not_depend_on_which_side_comes_first(base, ours, theirs):
    one, other = merge_documents(base, ours, theirs, TREE), merge_documents(base, theirs, ours, TREE)
    assert sorted(one.conflicts) == sorted(other.conflicts)


@given(documents, documents, documents)
def test_what_only_one_side_changed_is_in_the_merge(base, ours, theirs):
    merged = merge_documents(base, ours, theirs, TREE)
    if merged.conflicts:
        return
    for name in ("direction", "narrative"):
        sides = [side.get(name) for side in (base, ours, theirs)]
        expected = sides[1] if sides[2] == sides[0] else sides[2]
        assert merged.document.get(name) == expected


@given(documents)
def test_the_two_parts_of_a_document_make_it_whole_again(document):
    public, nominal = split_document(document, TREE)
    assert join_parts(public, nominal) == document
    assert "name" not in str(public.get("persons", ""))
    assert "narrative" not in public


@given(documents, documents)
def test_differences_are_empty_only_between_equal_documents(before, after):
    found = list(differences(before, after, TREE))
    assert (not found) == (before == after)
