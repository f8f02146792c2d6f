"""The worker's part: files of scheduled figures at their time, each made as its owner."""

from __future__ import annotations

from opencen.accounts.queries import actors_of
from opencen.analysis.kept.due import next_time
from opencen.analysis.kept.making import make_file
from opencen.analysis.models import MadeReport, SavedFigure
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import OpenCenError
from opencen.log.transactions import write_transaction
from opencen.records.jobs import job
from opencen.records.texts import error_text

KEPT_EACH = 12


@job("scheduled_figures", every=20.0)
def make_due() -> int:
    """Make what is due; what went wrong is kept with its reason, and the next time stands all the same."""
    count = 0
    for saved in SavedFigure.objects.filter(next_at__lte=now()).order_by("next_at")[:20]:
        owner = next(iter(actors_of([saved.owner_id])), None)
        if owner is None:  # the account was closed: nobody would find the file
            SavedFigure.objects.filter(pk=saved.pk).update(next_at=None)
            continue
        _make(saved, owner)
        count += 1
    return count


def _make(saved: SavedFigure, owner: Actor) -> None:
    made = MadeReport(owner_id=owner.id, saved=saved, format=saved.format, made_at=now())
    made.name = f"{saved.name} {made.made_at:%Y-%m-%d}.{saved.format}"
    try:
        file = make_file(owner, address=saved.address, format=saved.format, name=saved.name)
        made.name, made.content = file.name, file.content
    except OpenCenError as error:
        made.problem = str(error_text(error, owner.language))[:300]
    with write_transaction():
        made.save()
        later = next_time(saved.schedule, saved.hour, now(), owner.time_zone)
        SavedFigure.objects.filter(pk=saved.pk).update(next_at=later)
        old = MadeReport.objects.filter(saved=saved).order_by("-made_at").values_list("pk", flat=True)[KEPT_EACH:]
        MadeReport.objects.filter(pk__in=list(old)).delete()
