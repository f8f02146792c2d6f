"""What acts keep of an erased person: nothing; the nominal part of an act that names it goes, with its papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from opencen.kernel.clock import now
from opencen.records.erasure import Erased, names_one
from opencen.records.media import erase_media
from opencen.seizures.small_records.base import SmallAct

PAPERS = ("receipt", "paper")


def forget_acts(acts: type[SmallAct], erased: Erased) -> int:
    """Leave out the nominal part of every act of a record that names an erased person, and its scanned papers."""
    names = set(erased.names)
    count = 0
    for act in acts._default_manager.filter(record_id=erased.record_id).exclude(nominal="{}"):
        nominal = orjson.loads(act.nominal)
        if not any(names_one(text, names) for text in _texts(nominal)):
            continue
        act.nominal, act.erased_at = "{}", now()
        act.save(update_fields=["nominal", "erased_at"])
        for name in PAPERS:
            if nominal.get(name):
                erase_media(str(nominal[name]))
        count += 1
    return count


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
