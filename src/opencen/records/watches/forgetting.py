"""What watch entries keep of an erased person: that there was one, and when; no text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Model

from opencen.records.erasure import Erased, erased_elsewhere, names_whole
from opencen.records.watches.models import Hit, StandingReview, Watch

TEXTS: Sequence[tuple[type[Model], str, tuple[str, ...]]] = (
    (Watch, "record_id", ("authority", "order_number", "places", "instructions", "contact", "end_cause")),
    (Hit, "watch__record_id", ("place", "note")),
    (StandingReview, "record_id", ("note",)),
)
"""Which texts people write, by table, with the way from there to the record that the row is about."""


@erased_elsewhere
def forget_watches(erased: Erased) -> None:
    """Empty the texts about the record, and each text of any other entry, hit or review that holds a whole name."""
    for table, record, texts in TEXTS:
        rows = table._default_manager
        rows.filter(**{record: erased.record_id}).update(**dict.fromkeys(texts, ""))
        _forget_names(rows, texts, erased.known_as)


def _forget_names(rows: Any, texts: Collection[str], known_as: Collection[str]) -> None:
    for row in rows.exclude(**dict.fromkeys(texts, "")).values("pk", *texts).iterator(chunk_size=2000):
        if naming := [name for name in texts if names_whole(row[name], known_as)]:
            rows.filter(pk=row["pk"]).update(**dict.fromkeys(naming, ""))
