"""A national field that is for some connects nothing: the graph is one for all readers."""

from __future__ import annotations

import pytest

from opencen.records.fields import NewField, add_field
from opencen.records.links.graph.queries import start_chart
from tests import make

pytestmark = pytest.mark.django_db


def test_a_field_for_some_is_no_node_of_the_chart(settle):
    field = NewField(
        "case", "phone", "text", {"en": "Informant"}, group="lines", nominal=True, audience="case:validate"
    )
    add_field(make.actor("administrator"), field=field)
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "RDS", covers="HQ")
    case = make.submit_case(officer)
    secret = "+216 20 555 999"
    make.amend_case(validator, case.record_id, 1, make.case_document(lines=[make.line(national={"phone": secret})]))
    settle()
    for reader in (officer, validator):
        labels = [node.label for node in start_chart(reader, case.record_id).nodes]
        assert "CASTOR LINE" in labels
        assert secret not in labels
