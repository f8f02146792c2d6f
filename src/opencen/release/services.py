"""Release: preview what would leave, and let it leave by one click of the National Contact Point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, NotFound
from opencen.log.service import record_act, service
from opencen.records.documents import documents_of, to_bytes
from opencen.records.effective import effective_schema
from opencen.records.holds import active_hold
from opencen.records.lock import is_own, visible_to
from opencen.records.media import clean_copy
from opencen.records.models import Hold, Record
from opencen.release.compiler import Compiled, compile_document, pseudonym
from opencen.release.events import RELEASED
from opencen.release.models import Release
from opencen.release.narrative import Narrative, known_names, known_places, read_narrative
from opencen.release.profile import Profile, get_profile
from opencen.release.uniqueness import Recognisable, measure_uniqueness

RELEASABLE = ("validated", "amended")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided before the click."""

    with_narrative: bool = False
    decisions: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    without_age: tuple[str, ...] = ()


@dataclass(slots=True)
class Preview:
    """What stays and what goes, what is still undecided, and why it may not go at all."""

    record: Record
    profile: Profile
    compiled: Compiled
    narrative: Narrative | None
    photos: list[dict[str, Any]]
    recognisable: list[Recognisable]
    hold: Hold | None
    earlier: Release | None
    problems: list[str]
    source: dict[str, Any]

    @property
    def may_go(self) -> bool:
        """Tell whether the send button opens."""
        return not self.problems


def preview(actor: Actor, *, record_id: UUID, profile: str, recipient: str, choices: Choices) -> Preview:
    """Build what would leave, without letting it."""
    actor.require("case:release")
    found = get_profile(profile)
    record = visible_to(actor).filter(pk=record_id, type=found.type).first()  # a profile knows one database's fields
    if record is None:
        raise NotFound("record.not_found")
    document = documents_of(record.type, [(record.id, record.revision)])[record.id]
    tree = effective_schema(record.type).tree
    compiled = compile_document(document, tree, found, scope=str(record.id))
    persons = measure_uniqueness(record, document, compiled, choices.without_age)
    narrative = None
    if document.get(found.free_text):
        narrative = read_narrative(
            document[found.free_text], known_names(document), choices.decisions, places=known_places(document)
        )
        if choices.with_narrative:
            compiled.document[found.free_text] = narrative.goes
    photos = _photos(document, found, choices)
    hold = active_hold(record.id)
    earlier = Release.objects.filter(record_id=record.id, recipient=recipient, profile=profile).order_by("-id").first()
    made = Preview(record, found, compiled, narrative, photos, persons, hold, earlier, [], document)
    made.problems = _problems(made, choices)
    return made


def _photos(document: dict[str, Any], profile: Profile, choices: Choices) -> list[dict[str, Any]]:
    """List the photos; one goes only when it is marked releasable and chosen."""
    return [
        {**item, "goes": bool(item.get("releasable")) and item["id"] in choices.photos}
        for item in document.get(profile.media, ())
        if item.get("sha256")
    ]


def _problems(made: Preview, choices: Choices) -> list[str]:
    """Say by code why this may not leave now; a hold overrides everything."""
    problems = []
    if made.hold is not None:
        problems.append("release.held")
    if not is_own(made.record):
        problems.append("record.not_ours")
    if made.record.state not in RELEASABLE:
        problems.append("release.not_validated")
    elif made.record.validated_revision != made.record.revision:
        problems.append("release.revision_not_validated")
    if choices.with_narrative and made.narrative is not None and made.narrative.undecided:
        problems.append("release.flag_undecided")
    if (
        made.earlier
        and made.earlier.revision == made.record.revision
        and made.earlier.state not in ("refused", "failed")
    ):
        problems.append("release.sent_already")
    return problems


@service("case:release")
def release_record(
    actor: Actor, *, record_id: UUID, revision: int, profile: str, recipient: str, choices: Choices
) -> Release:
    """Let the revision that was previewed leave to a recipient; its packet is made by the exchange."""
    made = preview(actor, record_id=record_id, profile=profile, recipient=recipient, choices=choices)
    if made.record.revision != revision:
        raise Conflict("record.changed", revision=made.record.revision)
    if made.problems:
        raise Conflict(made.problems[0], until=made.hold.until.isoformat() if made.hold else "")
    attachments = _attach(made)
    row = Release.objects.create(
        record_id=made.record.id,
        record_type=made.record.type,
        revision=revision,
        profile=made.profile.name,
        profile_version=made.profile.version,
        recipient=recipient,
        document=to_bytes(made.compiled.document).decode(),
        attachments=to_bytes(attachments).decode(),
        fields_sent=made.compiled.sent,
        fields_total=len(made.compiled.rows),
        released_by=actor.id,
        released_at=now(),
        corrects=made.earlier,
        changed_at=now(),
    )
    record_act(
        RELEASED,
        made.record.type,
        made.record.id,
        revision=revision,
        release=str(row.id),
        profile=made.profile.name,
        version=made.profile.version,
        recipient=recipient,
        fields=made.compiled.sent,
        photos=len(attachments),
        purpose="global statistics",
    )
    return row


def _attach(made: Preview) -> list[dict[str, str]]:
    """Make clean copies of the chosen photos and put them into the new document, without caption or file name."""
    items: list[dict[str, Any]] = []
    attachments: list[dict[str, str]] = []
    for photo in made.photos:
        if not photo["goes"]:
            continue
        copy = clean_copy(photo["sha256"])
        kept: dict[str, Any] = {name: photo[name] for name in ("kind", "shows_concealment") if name in photo}
        items.append(
            {"id": pseudonym(str(made.record.id), photo["id"]), "sha256": copy.sha256, "releasable": True, **kept}
        )
        attachments.append({"sha256": copy.sha256, "source": photo["sha256"], "type": copy.content_type})
    if items:
        made.compiled.document[made.profile.media] = items
    return attachments


def releases_of(actor: Actor, record_id: UUID) -> list[Release]:
    """List what was released of a record, newest first."""
    if not visible_to(actor).filter(pk=record_id).exists():
        raise NotFound("record.not_found")
    return list(Release.objects.filter(record_id=record_id).order_by("-id"))
