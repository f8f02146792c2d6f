"""The worker's part: load what waits, as the one who asked, with the rights of now."""

from __future__ import annotations

from opencen.accounts.queries import actors_of
from opencen.formats.watchlists.loading import run_load
from opencen.formats.watchlists.models import Load
from opencen.formats.watchlists.services import files_of, remove_files
from opencen.kernel.actor import SYSTEM_ID, Actor, system_actor
from opencen.records.jobs import job
from opencen.records.permissions import LOAD_LISTS, SUBMIT

KINDS = ("suspect", "company", "conveyance")


@job("watchlists", every=2.0)
def load_lists() -> int:
    """Load one list that waits, or that a worker left when it died; return whether there was one."""
    load = Load.objects.select_related("source").filter(state__in=("waiting", "running")).order_by("asked_at").first()
    if load is None:
        return 0
    work_off(load)
    return 1


def work_off(load: Load) -> Load:
    """Load one; its files go when it has ended, a stopped one keeps them."""
    done = run_load(loader_for(load), load, files_of(load))
    if done.state != "stopped":
        remove_files(done.id)
    return done


def loader_for(load: Load) -> Actor:
    """Return who loads: what a list states is not the administrator's statement, but the act is his."""
    permissions = (LOAD_LISTS, SUBMIT, *(f"{kind}:{verb}" for kind in KINDS for verb in ("read", "record")))
    actor = system_actor(*permissions)
    if load.asked_by == SYSTEM_ID:
        return actor
    asked = next(iter(actors_of([load.asked_by])), None)
    if asked is not None:
        asked.require(LOAD_LISTS)
    return actor
