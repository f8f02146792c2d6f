"""The places that the cases a reader may see name often: what a picker of places offers sooner."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock

from opencen.kernel.actor import Actor
from opencen.records.lock import lock_terms
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest

PATHS = ("place.locode", "route.place")
MAX_AGE = 600.0
MOST_KEPT = 32
MOST_PLACES = 500
RARE = 2
"""What was named once may be a slip: it is not usual."""


class _Kept:
    """Keep the counts of readers of the same records for some minutes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Hashable, tuple[float, Mapping[str, int]]] = OrderedDict()

    def get(self, key: Hashable) -> Mapping[str, int] | None:
        """Return counts that are not too old."""
        found = self._known.get(key)
        return found[1] if found is not None and time.monotonic() - found[0] < MAX_AGE else None

    def put(self, key: Hashable, counts: Mapping[str, int]) -> None:
        """Keep counts; the oldest leave."""
        with self._lock:
            self._known[key] = (time.monotonic(), counts)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._known.clear()


KEPT = _Kept()


def usual_places(actor: Actor) -> Mapping[str, int]:
    """Count how often the cases that an actor may read name each place; what is rare is left out."""
    if not actor.may("case:read"):
        return {}
    key = lock_terms(actor)
    known = KEPT.get(key)
    if known is None:
        found = search(actor, SearchRequest(type="case", limit=0, facets=PATHS)).facets
        counted = Counter({place: count for place, count in found.get(PATHS[0], [])[:MOST_PLACES] if place})
        counted.update({place: count for place, count in found.get(PATHS[1], [])[:MOST_PLACES] if place})
        known = {place: count for place, count in counted.items() if count >= RARE}
        KEPT.put(key, known)
    return known
