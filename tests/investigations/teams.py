"""Makes investigators, teams and investigations the way they are made in use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.test import Client

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.investigations.models import Investigation
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.stages import current_document
from opencen.kernel.actor import Actor
from opencen.kernel.ids import uuid7
from opencen.log.sealer import seal_all
from opencen.records.intake import Receipt, SubmissionIn, submit
from tests import make


def investigator(name: str = "", at: str = "HQ", covers: str = "HQ") -> Actor:
    """Make an investigator who sees the whole country, or one office."""
    return make.actor("investigator", at, name=name, covers=covers)


def again(actor: Actor) -> Actor:
    """Return the same person as a new request knows it: with the closed groups it is in by now."""
    return actor_of(User.objects.get(pk=actor.id))


def opened(lead: Actor, *members: Actor, **changes: Any) -> tuple[Investigation, Actor]:
    """Open an investigation and return it with its lead, who sees it now."""
    given: dict[str, Any] = {"title": "Reefer line", "template": "drugs", "purpose": "Find the consignees"}
    new = NewInvestigation(**{**given, **changes}, members=tuple(member.id for member in members))
    return open_investigation(lead, new=new), again(lead)


def state(by: Actor, investigation_id: UUID, base: int, **changes: Any) -> Receipt:
    """State an investigation anew, with changes of its present document; None takes a field out."""
    document = make.stated(current_document(investigation_id), changes)
    return hand_in(by, investigation_id, base, document)


def hand_in(by: Actor, investigation_id: UUID, base: int | None, document: dict[str, Any]) -> Receipt:
    """Hand in a document that grew from a revision."""
    return submit(by, SubmissionIn("investigation", investigation_id, uuid7(), document, base_revision=base))


def browser(actor: Actor) -> Client:
    """Sign a person in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id), "django.contrib.auth.backends.ModelBackend")
    return client


def read_log(job: Any) -> int:
    """Seal what was done, and let a reader of the log follow."""
    seal_all()
    found: int = job()
    return found
