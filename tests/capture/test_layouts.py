"""Every field of a document has its one line in the layout, and every line its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from opencen.codelists.catalogue import get_list
from opencen.records.conditions import asked_fields
from opencen.records.layout import Layout, LayoutField, load_layout
from opencen.records.schema import Annotations, Node, build_tree
from opencen.seizures.documents import Case, Control

MODELS = {"case": Case, "control": Control}
DEFAULTS = {"", "office", "duty", "last"}

SHORT_CASE = {
    "kind": "seizure",
    "location_type": "seaport",
    "lines": [{"id": "l1", "role": "contraband"}],
    "conveyances": [{"id": "v1"}],
    "route": [{"id": "r1"}],
}


def schema_paths(node: Node, prefix: str = "") -> Iterator[str]:
    """Yield the path of every field and group, the national namespace left out."""
    for name in (*node.leaves, *node.groups):
        if name != "national":
            yield f"{prefix}{name}"
    for name, inner in node.groups.items():
        yield from schema_paths(inner, f"{prefix}{name}.")


def layout_lines(layout: Layout) -> Iterator[tuple[str, str, LayoutField]]:
    """Yield (group path, whole path, line) of every line."""
    for section in layout.sections:
        for line in section.fields:
            yield "", line.path, line
    for group in layout.groups.values():
        for line in group.fields:
            yield group.path, f"{group.path}.{line.path}", line


def leaf_at(node: Node, path: str) -> Annotations | None:
    *groups, name = path.split(".")
    for group in groups:
        if group not in node.groups:
            return None
        node = node.groups[group]
    return node.leaves.get(name)


def load(name: str) -> tuple[Layout, Node]:
    return load_layout("opencen.seizures", name), build_tree(MODELS[name])


@pytest.mark.parametrize("name", MODELS)
def test_every_field_stands_exactly_once_in_the_layout(name: str) -> None:
    layout, tree = load(name)
    counted = Counter(path for _, path, _ in layout_lines(layout))
    expected = set(schema_paths(tree))
    assert sorted(expected - set(counted)) == []
    assert sorted(set(counted) - expected) == []
    assert [path for path, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", MODELS)
def test_every_group_has_its_lines_and_a_name_for_one_more(name: str) -> None:
    layout, tree = load(name)

    def groups(node: Node, prefix: str = "") -> Iterator[tuple[str, bool]]:
        for child, inner in node.groups.items():
            yield f"{prefix}{child}", child in node.repeats
            yield from groups(inner, f"{prefix}{child}.")

    found = dict(groups(tree))
    assert set(layout.groups) == set(found)
    assert [path for path, repeats in found.items() if bool(layout.groups[path].item) is not repeats] == []
    assert all(group.label for group in layout.groups.values())


@pytest.mark.parametrize("name", MODELS)
def test_every_line_can_be_drawn(name: str) -> None:
    layout, _ = load(name)
    faults = []
    for group, path, line in layout_lines(layout):
        siblings = {p.removeprefix(f"{group}.") for g, p, _ in layout_lines(layout) if g == group}
        if path not in layout.groups and not line.label:
            faults.append(f"{path}: no label")
        if not 1 <= line.width <= 12 or line.default not in DEFAULTS or not set(line.together) <= siblings:
            faults.append(f"{path}: width, default or with")
    assert faults == []


@pytest.mark.parametrize("name", MODELS)
def test_every_condition_names_a_field_in_reach_and_codes_that_exist(name: str) -> None:
    layout, tree = load(name)
    faults = []
    for group, path, line in layout_lines(layout):
        for condition in line.when:
            steps = group.split(".") if group else []
            scopes = [".".join([*steps[:depth], condition["path"]]) for depth in range(len(steps), -1, -1)]
            leaf = next((found for scope in scopes if (found := leaf_at(tree, scope))), None)
            is_group = condition["path"] in layout.groups
            if leaf is None and not (is_group and "present" in condition):
                faults.append(f"{path}: {condition['path']} is not in reach")
            known = get_list(leaf.codelist).codes if leaf and leaf.codelist else {}
            named = {*condition.get("is", ()), *condition.get("under", ()), *condition.get("outside", ())}
            faults += [f"{path}: {code} is not in the list" for code in sorted(named - set(known))]
    assert faults == []


def test_the_short_form_asks_about_ten_questions_beside_what_is_filled_in() -> None:
    layout, _ = load("case")
    asked = [f for f in asked_fields(SHORT_CASE, layout, short=True) if not f.field.optional and not f.field.default]
    assert [found.path for found in asked] == [
        "detected_at",
        "detection_method",
        "lines[l1].commodity",
        "lines[l1].quantity",
        "lines[l1].unit",
        "lines[l1].concealment",
        "route[r1].role",
        "route[r1].country",
        "conveyances[v1].mode",
    ]


def test_only_what_is_weighed_is_asked_whether_gross_or_net() -> None:
    layout, _ = load("case")
    known = [("money.cash.banknotes", "currency", False), ("money.gold.bars", "g", True), ("drugs.cocaine", "kg", True)]
    for goods, unit, is_asked in [*known, ("revenue.tobacco.cigarettes", "stick", False), ("drugs.cocaine", "", False)]:
        line = {"id": "l1", "role": "contraband", "commodity": goods, "unit": unit, "basis": "net"}
        paths = [found.path for found in asked_fields({**SHORT_CASE, "lines": [line]}, layout, short=True)]
        assert ("lines[l1].basis" in paths) is is_asked, goods
        assert "lines[l1].quantity" in paths


def test_an_undervaluation_is_not_asked_where_it_was_hidden() -> None:
    layout, _ = load("case")
    offence = {**SHORT_CASE, "kind": "offence"}
    paths = [found.path for found in asked_fields(offence, layout, short=True)]
    assert "lines[l1].commodity" in paths
    assert "lines[l1].concealment" not in paths
