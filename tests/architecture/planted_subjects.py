"""A person, a company and a vessel of one office, full of words that no other may read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from tests import make


def plant_subjects(people: Mapping[str, User], secrets: Mapping[str, str]) -> dict[str, UUID]:
    """Record one of each as the officer."""
    officer = actor_of(people["officer"])
    person = {"id": "n1", "text": secrets["person"], "type": "full"}
    entry = {"id": "e1", "on": "2026-05", "offence": "trafficking", "grounds": secrets["narrative"]}
    papers = [{"id": "d1", "kind": "passport", "number": "Q9917733"}]
    company = {"id": "n1", "text": secrets["company"], "type": "registered"}
    return {
        "suspect_id": make.submit_subject(officer, names=[person], entries=[entry], documents=papers).record_id,
        "company_id": make.submit_subject(officer, "company", names=[company], note=secrets["note"]).record_id,
        "conveyance_id": make.submit_subject(officer, "conveyance", description=secrets["note"]).record_id,
    }
