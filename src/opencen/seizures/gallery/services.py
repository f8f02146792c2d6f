"""Acts upon pictures: caption, release flag, and derivatives; each amends the case through the one door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.kernel.uploads.marking import Mark, burn_marks
from opencen.log.service import record_act, service
from opencen.records.documents import reasons_of
from opencen.records.intake import SubmissionIn, check, submit
from opencen.records.lock import is_own
from opencen.records.media import store_media
from opencen.records.media_files import read_original
from opencen.records.models import Record, Revision
from opencen.records.showing import show_revision
from opencen.seizures.gallery.events import DERIVED_MADE
from opencen.seizures.gallery.queries import pictures_there
from opencen.seizures.permissions import RECORD_CASES
from opencen.seizures.queries.cases import find_case

Document = dict[str, Any]
MOST_MARKS = 40
# What answers a warning that the case had before: nothing but a picture was changed.
_ONLY_PICTURES = "Only a picture of the case was changed."
_KEPT = ("kind", "shows_concealment", "persons", "lines", "taken_at")


def describe_photo(
    actor: Actor, *, case_id: UUID, item: str, caption: str, releasable: bool, shows_concealment: bool
) -> None:
    """Change a picture's caption, whether it may leave, and whether it shows the concealment."""

    def change(document: Document) -> Document:
        found = _find(document, item)
        kept = {name: value for name, value in found.items() if name not in ("caption", *_FLAGS)}
        if caption.strip():
            kept["caption"] = caption.strip()[:500]
        flags = {"releasable": releasable, "shows_concealment": shows_concealment}
        kept |= {name: value for name, value in flags.items() if value or name in found}
        return {**document, "media": [kept if one["id"] == item else one for one in document["media"]]}

    _amend(actor, case_id, change)


_FLAGS = ("releasable", "shows_concealment")


def derive_photo(
    actor: Actor,
    *,
    case_id: UUID,
    item: str,
    kind: Literal["redaction", "annotation"],
    marks: Sequence[Mark],
    caption: str = "",
) -> str:
    """Make a derivative of a picture with marks burnt in, as a picture of its own; the original does not change."""
    actor.require(RECORD_CASES)
    _check_marks(marks)
    _, document = _present(actor, case_id)
    found = _find(document, item)
    if found["sha256"] not in pictures_there({found["sha256"]}):
        raise NotFound("picture.not_found")
    content = burn_marks(read_original(found["sha256"]), marks, kind)
    made = store_media(actor, content=content, filename=f"{kind}.jpg", claimed_type="image/jpeg")
    new = {"id": f"d-{uuid7().hex[:20]}", "sha256": made.sha256, "derived_from": found["sha256"]}
    new |= {name: found[name] for name in _KEPT if name in found}
    if said := (caption.strip() or found.get("caption") or ""):
        new["caption"] = said[:500]
    _amend(actor, case_id, lambda present: {**present, "media": [*present.get("media", ()), new]})
    _note(actor, sha256=made.sha256, original=found["sha256"], kind=kind, marks=len(marks))
    return str(new["id"])


@service(RECORD_CASES)
def _note(actor: Actor, *, sha256: str, original: str, kind: str, marks: int) -> None:
    """Note of which original a derivative was made."""
    record_act(DERIVED_MADE, "media", sha256, original=original, kind=kind, marks=marks)


def _check_marks(marks: Sequence[Mark]) -> None:
    if not marks:
        raise Invalid("picture.no_marks", path="marks")
    if len(marks) > MOST_MARKS:
        raise Invalid("picture.too_many_marks", path="marks", limit=MOST_MARKS)
    for mark in marks:
        is_inside = 0 <= mark.left <= 100 and 0 <= mark.top <= 100 and mark.width > 0 and mark.height > 0
        if not (is_inside and mark.left + mark.width <= 100.5 and mark.top + mark.height <= 100.5):
            raise Invalid("picture.mark_outside", path="marks")


def _present(actor: Actor, case_id: UUID) -> tuple[tuple[Record, Revision], Document]:
    record = find_case(actor, case_id)
    if not is_own(record):
        raise Conflict("record.not_ours", origin=record.origin)
    revision = Revision.objects.get(record_id=record.id, number=record.revision)
    return (record, revision), show_revision(actor, revision, "case")


def _find(document: Document, item: str) -> Document:
    found = next((one for one in document.get("media", ()) if one["id"] == item and one.get("sha256")), None)
    if found is None:
        raise NotFound("picture.not_found")
    return dict(found)


def _amend(actor: Actor, case_id: UUID, change: Callable[[Document], Document]) -> None:
    """Amend a case through the one door; what it was warned of before is answered by that only a picture changed."""
    (record, revision), document = _present(actor, case_id)
    actor.require(RECORD_CASES)
    given = SubmissionIn(
        type="case",
        id=record.id,
        submission_id=uuid7(),
        document=change(document),
        base_revision=record.revision,
        reasons=reasons_of(revision),
    )
    doubts = [found for found in check(actor, given).findings if found.level == "warning"]
    reasons = {**{found.key: _ONLY_PICTURES for found in doubts}, **given.reasons}
    receipt = submit(actor, replace(given, reasons=reasons))
    if not receipt.is_accepted:
        raise Conflict("picture.refused", codes=", ".join(found.code for found in receipt.findings))
