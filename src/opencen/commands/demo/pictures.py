"""Store drawn photos once for each officer, and show them in a quarter of the cases."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

from opencen.commands.demo.cases import Drawn, write_moment
from opencen.commands.demo.country import RECORDER, recorder_of
from opencen.commands.demo.history import YEAR, Desk
from opencen.commands.demo.photos import CAPTIONS, KINDS, PICTURES, draw_photo, fitting_kinds
from opencen.kernel.clock import clock_at
from opencen.records.media import store_media

SHARE = 0.25
TAKEN = datetime(YEAR, 1, 1, 6, 20, tzinfo=UTC)


class Album:
    """The photos an officer has at hand: one of each kind, as many officers as record."""

    def __init__(self, desk: Desk, rng: random.Random) -> None:
        self.desk = desk
        self.rng = rng
        self.photos: dict[str, dict[str, str]] = {}

    def draw(self) -> None:
        """Draw and store one picture of each kind for every recording officer."""
        for number, username in enumerate(("officer", *RECORDER.values())):
            self.photos[username] = {}
            for kind in PICTURES:
                content = draw_photo(kind, number, TAKEN)
                with clock_at(TAKEN):
                    kept = store_media(self.desk.actor(username), content=content, filename=f"IMG_{number}_{kind}.jpg")
                self.photos[username][kind] = kept.sha256

    def illustrate(self, cases: list[Drawn]) -> None:
        """Show photos in a quarter of the cases."""
        for case in cases:
            if self.rng.random() < SHARE:
                self.show(case, self.rng.randint(1, 4))

    def show(self, case: Drawn, count: int) -> None:
        """Add photos to a case that fit its goods and its means of transport."""
        document = case.document
        kinds = fitting_kinds(document["conveyances"][0]["mode"], document["lines"][0]["commodity"])
        self.show_all(case, kinds[:count])

    def show_all(self, case: Drawn, kinds: tuple[str, ...]) -> None:
        """Add one photo of each kind to a case."""
        at_hand = self.photos[recorder_of(case.office)]
        case.document["media"] = [
            self._item(f"m{number}", kind, at_hand[kind], case) for number, kind in enumerate(kinds, 1)
        ]

    def _item(self, item: str, kind: str, sha256: str, case: Drawn) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": item,
            "sha256": sha256,
            "kind": KINDS[kind],
            "caption": CAPTIONS[kind],
            "taken_at": write_moment(case.found),
            "releasable": kind in ("bricks", "scale", "xray", "cartons"),
        }
        if item == "m1":
            found["is_main"] = True
        if kind in ("bricks", "baggage", "van"):
            found["shows_concealment"] = True
        return found
