"""Answers to the entry application: forms, findings while typing, what is known already."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from opencen.api.answers.records import FindingAnswer


class FormSection(Schema):
    """A band of a form."""

    key: str
    label: str
    fields: list[dict[str, Any]]


class FormGroup(Schema):
    """A group of fields or a list of items within a form, and what one item is called."""

    path: str
    label: str
    item: str
    fields: list[dict[str, Any]]


class FormLayout(Schema):
    """The bands of a form, and its groups by their path; fields are lines: path, label, hint, width, when."""

    sections: list[FormSection]
    groups: dict[str, FormGroup]


class FilledIn(Schema):
    """What a field is filled with, from office, duty or the last record."""

    value: Any
    label: str
    source: str


class FormOffice(Schema):
    """An office one may record for."""

    code: str
    name: str


class FormAnswer(Schema):
    """A form: the document's JSON Schema, the layout in the caller's language, defaults, versions of its lists."""

    type: str
    schema_version: int
    fingerprint: str
    schema_: dict[str, Any] = Field(alias="schema")
    layout: FormLayout
    defaults: dict[str, FilledIn]
    list_versions: dict[str, str]
    offices: list[FormOffice]


class MissingAnswer(Schema):
    """A question without an answer."""

    path: str


class Completeness(Schema):
    """How much of what is asked has an answer."""

    answered: int
    asked: int
    percent: int
    missing: list[MissingAnswer]


class ComputedQuantity(Schema):
    """The quantity of a line in figures, with the rule and the stage it rests on."""

    item: str
    path: str
    value: str | None
    unit: str | None
    family: str | None
    stage: str | None
    rule: str | None
    rule_code: str | None
    source: Any
    problem: str | None
    text: str
    alternatives: list[str]


class KnownThing(Schema):
    """What is known of a number, party or way: how many cases, how many clean checks, the newest of them.

    `patch` links the record that is told of where the entry names it; it is empty where nothing is to be linked.
    """

    kind: str
    icon: str
    path: str
    label: str
    title: str
    text: str
    count: int
    checks: int
    is_more: bool
    last: dict[str, str]
    newest: list[dict[str, str]]
    url: str
    photos: list[str]
    patch: dict[str, str]


class KnownAnswer(Schema):
    """What is known already, the weightiest first."""

    known: list[KnownThing]


class CheckAnswer(Schema):
    """What would become of a submission."""

    findings: list[FindingAnswer]
    outcome: str
    completeness: Completeness
    quantities: list[ComputedQuantity]
    known: list[KnownThing]


class DraftKey(Schema):
    """The key of one's drafts on a device, and what a page kept there cannot know."""

    key_id: str
    key: str
    user: str
    csrf: str
    seconds: int


class PermissionAnswer(Schema):
    """A permission and what it allows."""

    code: str
    label: str


class RolesAnswer(Schema):
    """Every permission, and what each role holds of them."""

    permissions: list[PermissionAnswer]
    roles: dict[str, list[str]]
