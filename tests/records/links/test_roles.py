"""Roles that can hold between two records."""

from __future__ import annotations

import pytest

from opencen.codelists.catalogue import get_list
from opencen.records.links.roles import ANYTHING, other_ends, roles_of


@pytest.mark.parametrize(
    ("role", "kind", "ends"),
    [
        ("employee", "suspect", ("company",)),
        ("employee", "case", ()),
        ("employer", "company", ("suspect",)),
        ("involved", "suspect", ("case", "investigation")),
        ("involves", "case", ("suspect", "company", "conveyance")),
        ("relative", "company", ()),
        ("owned_by", "conveyance", ("suspect", "company")),
        ("connected", "case", ANYTHING),
    ],
)
def test_a_role_leads_from_some_kinds_of_record_to_some(role, kind, ends):
    assert other_ends(role, kind) == ends


def test_every_role_can_be_read_from_both_ends():
    inverse = {code.code: code.attributes["inverse"] for code in get_list("link_role")}
    for role, other in inverse.items():
        for kind in ANYTHING:
            assert all(kind in other_ends(other, end) for end in other_ends(role, kind)), (role, kind)


def test_a_company_is_nobody_s_relative():
    assert "relative" not in {code for code, _label, _ends in roles_of("company", "en")}
