"""The parts that more than one kind of subject is made of. Sources: the field dictionary; SIS, EU CIS, ICAO 9303."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Document, Item, Number, Prose, stated
from opencen.records.schema import Line as Text


class Address(Item):
    """An address, as written, with its country."""

    kind: CodeText | None = stated(codelist="address_kind")
    text: Text | None = stated(indexed=True)
    city: Text | None = stated(indexed=True)
    postcode: Text | None = stated()
    country: CodeText | None = stated(codelist="country")
    since: DateText | None = stated()
    until: DateText | None = stated()


class Account(Item):
    """A bank account, wallet or account of an online service."""

    kind: CodeText | None = stated(codelist="account_kind")
    number: Text | None = stated(indexed=True)
    holder: Text | None = stated(kind="party", indexed=True)
    institution: Text | None = stated()
    country: CodeText | None = stated(codelist="country")


class Associate(Item):
    """A person, company or means of transport that belongs to the subject: a record, or a name alone."""

    role: CodeText | None = stated(codelist="associate_role")
    record: Text | None = stated(kind="record:suspect company conveyance", indexed=True)
    name: Text | None = stated(kind="party", indexed=True)
    since: DateText | None = stated()
    until: DateText | None = stated()
    note: Text | None = stated(free_text=True)


class Holder(Item):
    """Who stands behind a company or a means of transport, with the share held."""

    role: CodeText | None = stated(codelist="holder_role")
    record: Text | None = stated(kind="record:suspect company", indexed=True)
    name: Text | None = stated(kind="party", indexed=True)
    share: Number | None = stated()
    since: DateText | None = stated()
    until: DateText | None = stated()


class Media(Item):
    """A photo or document by the SHA-256 of its original."""

    sha256: Text | None = stated(kind="media")
    kind: CodeText | None = stated(codelist="media_kind")
    caption: Text | None = stated(free_text=True)
    taken_at: DateText | None = stated()
    releasable: bool | None = stated()
    is_main: bool | None = stated()


class Entry(Item):
    """One suspicion: on what grounds, in which field, how good the information is, since when."""

    on: DateText | None = stated()
    offence: CodeText | None = stated(codelist="offence_type")
    commodity: CodeText | None = stated(codelist="commodity")
    grounds: Prose | None = stated(nominal=True, free_text=True)
    modus_operandi: Prose | None = stated(nominal=True, free_text=True)
    source_reliability: CodeText | None = stated(codelist="grading_source")
    information_credibility: CodeText | None = stated(codelist="grading_information")
    handling: CodeText | None = stated(codelist="grading_handling")
    source: Text | None = stated(nominal=True, free_text=True)
    record: Text | None = stated(nominal=True, kind="record:case", indexed=True)


class ListSource(Item):
    """A published list that names the subject, with its number there."""

    list: Text | None = stated()
    number: Text | None = stated(indexed=True)
    on: DateText | None = stated()
    until: DateText | None = stated()


class Subject(Document):
    """What every record of interest states of itself: whose it is, why it is kept and until when."""

    form: CodeText | None = stated(codelist="case_form")
    office: CodeText | None = stated(kind="office")
    flags: list[CodeText] = stated(items="set", codelist="warning_flag")
    entries: list[Entry] = stated(items="keyed")
    legal_basis: CodeText | None = stated(codelist="legal_basis")
    legal_provision: Text | None = stated()
    review_on: DateText | None = stated()
    expires_on: DateText | None = stated()
    lists: list[ListSource] = stated(nominal=True, items="keyed")
    note: Prose | None = stated(nominal=True, free_text=True)
