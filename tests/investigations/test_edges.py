"""An investigation in the link chart: its records stand around it for the team, and nobody else sees a way through it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from opencen.investigations.linking import link_record, unlink_record
from opencen.kernel.errors import NotFound
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up
from opencen.records.links.graph.queries import show_paths, start_chart
from opencen.records.links.graph.store import GRAPH
from tests import make
from tests.investigations.teams import investigator, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_graph() -> Iterator[None]:
    """Remove the graph around a test: the database forgets what a test wrote, the files would not."""
    folder = Path(settings.HOME.path) / "derived" / "graph"
    shutil.rmtree(folder, ignore_errors=True)
    yield
    shutil.rmtree(folder, ignore_errors=True)


def bring_up(is_settled: bool) -> None:
    """Do what the worker does, where the store is to be written."""
    if is_settled:
        seal_all()
        catch_up(GRAPH)


@pytest.mark.parametrize("is_settled", [False, True], ids=["live", "written"])
def test_linked_records_stand_around_their_investigation_for_the_team_alone(is_settled: bool):
    officer, outsider = make.actor("officer", "RDS"), make.actor("analyst", "HQ", covers="HQ")
    one, two = (make.submit_case(officer, detected_at=day).record_id for day in ("2026-01-02", "2026-03-04"))
    investigation, lead = opened(investigator())
    links = [link_record(lead, investigation_id=investigation.pk, record=str(case)) for case in (one, two)]
    bring_up(is_settled)
    around = {node.record.id for node in start_chart(lead, investigation.pk).nodes if node.record}
    assert {one, two} <= around
    assert [str(one), str(investigation.pk), str(two)] in [list(path) for path in show_paths(lead, str(one), str(two))]
    assert not any(str(investigation.pk) in path for path in show_paths(outsider, str(one), str(two)))
    with pytest.raises(NotFound):
        start_chart(outsider, investigation.pk)
    unlink_record(lead, investigation_id=investigation.pk, link_id=links[0].pk, reason="Another trade")
    bring_up(is_settled)
    assert not any(str(investigation.pk) in path for path in show_paths(lead, str(one), str(two)))
