"""Answers about everything beside records: figures, exchange, log, lists, fields, accounts, schemas."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from opencen.accounts.queries import UserInfo
from opencen.exchange.queries import IncomingView, OutgoingView
from opencen.records.merging import OpenMerge


class FigureAnswer(Schema):
    """A figure there is: how it counts, and which parameters it takes."""

    name: str
    title: str
    counts: str
    base: str
    parameters: list[str]


class FigureColumn(Schema):
    """A column of a figure: a dimension's members or a measure's values."""

    name: str
    label: str
    kind: str
    codelist: str


class FigureNote(Schema):
    """What a reader of the figure must know, as a code with its numbers."""

    code: str
    data: dict[str, Any]


class FigureNumbers(Schema):
    """Columns and rows of a figure, with codes as members, as of a moment."""

    figure: str
    base: str
    as_of: datetime
    columns: list[FigureColumn]
    rows: list[list[Any]]
    totals: dict[str, Any]
    notes: list[FigureNote]


class CardAnswer(Schema):
    """A node's card: what a partner needs to know of it; nothing in it is secret."""

    opencen_node: int
    id: str
    name: str
    kind: str
    country: str
    url: str
    keys: Any
    fingerprint: str


class PartnerAdded(Schema):
    """A partner whose keys are pinned now."""

    node: str
    name: str
    fingerprint: str


class PartnerState(Schema):
    """Where a partner listens, and whether the exchange goes on."""

    node: str
    url: str
    is_active: bool


class PacketState(Schema):
    """A packet's place in the outbox."""

    id: UUID
    state: str


class VerificationAnswer(Schema):
    """What verifying the log found; `first_altered` is the first entry that is not what was sealed."""

    is_sound: bool
    sealed: int
    heads: int
    anchors: int
    unsealed: int
    unsealed_since: datetime | None
    problems: list[str]
    first_altered: int | None


class ListVersion(Schema):
    """A code list and its version."""

    name: str
    version: str


class CodeAnswer(Schema):
    """A code: c code, p parent, l labels, a aliases, f and t first and last day, x attributes, m what it maps to."""

    c: str
    p: str | None
    l: dict[str, str]  # noqa: E741 - one letter a key keeps big lists small
    a: dict[str, list[str]]
    f: date | None
    t: date | None
    x: dict[str, Any]
    m: str | None


class ListAnswer(Schema):
    """A whole code list."""

    name: str
    version: str
    codes: list[CodeAnswer]


class CodeMatch(Schema):
    """A code that what was typed may mean, with the matching part marked; of a place the country it lies in."""

    code: str
    label: str
    path: list[str]
    language: str
    matched: str
    start: int
    end: int
    country: str


class NationalCode(Schema):
    """A national code and the standard code it counts as."""

    list: str
    code: str
    maps_to: str


class NationalCodeEnded(Schema):
    """A national code and its last day."""

    list: str
    code: str
    valid_to: date | None


class NationalFieldAnswer(Schema):
    """A national field of a document."""

    path: str
    group: str
    name: str
    kind: str
    codelist: str
    nominal: bool
    labels: dict[str, str]
    hint: str
    required: str
    in_short_form: bool
    after: str
    condition: list[dict[str, Any]]
    audience: str
    is_retired: bool


class FieldAdded(Schema):
    """A field that is there now."""

    id: UUID
    type: str
    group: str
    name: str


class FieldRestored(Schema):
    """A field that is asked again."""

    id: UUID
    name: str


class FieldRetired(Schema):
    """A field that is no longer asked."""

    id: UUID
    retired_at: datetime | None


class SchemaVersion(Schema):
    """A document type with its schema version and fingerprint."""

    type: str
    version: int
    fingerprint: str


class FormatAnswer(Schema):
    """A format that writes a type."""

    name: str
    title: str
    extension: str


class AccountAnswer(Schema):
    """Who calls, and what one may do."""

    id: UUID
    name: str
    office: str | None
    is_national: bool
    roles: list[str]
    permissions: list[str]
    clearance: int
    language: str
    time_zone: str


class PreferencesAnswer(Schema):
    """One's language and time zone."""

    language: str
    time_zone: str


class TokenMade(Schema):
    """A token; its secret is shown this once."""

    id: UUID
    secret: str
    scopes: list[str]
    expires_at: datetime


class Revoked(Schema):
    """A token that no longer opens anything."""

    id: UUID
    is_revoked: bool


class OfficeAnswer(Schema):
    """An office: its name as it was given, and its names in other languages by their code."""

    id: UUID
    code: str
    name: str
    labels: dict[str, str]
    parent: UUID | None
    path: str
    kind: str
    country: str
    location_type: str
    place: str
    time_zone: str


class OfficeAdded(Schema):
    """An office that is there now."""

    id: UUID
    code: str
    path: str


class UserAdded(Schema):
    """A user with the one-time password, shown this once."""

    id: UUID
    username: str
    one_time_password: str


class OneTimePassword(Schema):
    """A new one-time password, shown this once."""

    one_time_password: str


class GrantAnswer(Schema):
    """A role over an office."""

    id: UUID
    role: str
    until: datetime | None


class GrantEnded(Schema):
    """A role that was taken away."""

    id: UUID
    is_ended: bool


class StoredMedia(Schema):
    """A photo or document that is kept, by the digest of its original."""

    sha256: str
    kind: str
    width: int
    height: int
    bytes: int
    taken_at: str
    thumb: str


class PageAnswer(Schema):
    """One part of a list with the number of all."""

    total: int
    offset: int
    limit: int


class OutboxAnswer(PageAnswer):
    """Packets that went or wait."""

    rows: list[OutgoingView]


class InboxAnswer(PageAnswer):
    """Packets that came."""

    rows: list[IncomingView]


class UsersAnswer(PageAnswer):
    """Users with their grants."""

    rows: list[UserInfo]


class MergesAnswer(PageAnswer):
    """Open contradictions."""

    rows: list[OpenMerge]


class TokenAnswer(Schema):
    """A token without its secret."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class TokensAnswer(PageAnswer):
    """One's tokens."""

    rows: list[TokenAnswer]
