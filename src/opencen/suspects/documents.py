"""The suspect: a person of interest, who is never the name. No ethnicity, no religion."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Item, Prose, stated
from opencen.records.schema import Line as Text
from opencen.records.subjects.parts import Account, Address, Associate, Media, Subject


class Name(Item):
    """One name of a person, in its own script and order."""

    text: Text | None = stated(kind="person_name", indexed=True)
    type: CodeText | None = stated(codelist="name_type")
    script: CodeText | None = stated(codelist="name_script")
    order: CodeText | None = stated(codelist="name_order")
    given: Text | None = stated()
    family: Text | None = stated()
    quality: CodeText | None = stated(codelist="name_quality")


class Birth(Item):
    """A date and place of birth, as one source has it; two that differ are both kept."""

    date: DateText | None = stated(indexed=True)
    place: Text | None = stated()
    country: CodeText | None = stated(codelist="country")
    source: Text | None = stated(free_text=True)


class IdentityDocument(Item):
    """An identity document; `mrz` is its machine-readable zone as printed."""

    kind: CodeText | None = stated(codelist="identity_document")
    number: Text | None = stated(indexed=True)
    country: CodeText | None = stated(codelist="country")
    issued: DateText | None = stated()
    expires: DateText | None = stated()
    name: Text | None = stated(kind="person_name")
    mrz: Text | None = stated(kind="mrz")
    note: Text | None = stated(free_text=True)


class Mark(Item):
    """A physical mark that does not change."""

    kind: CodeText | None = stated(codelist="mark_kind")
    place: Text | None = stated()
    description: Text | None = stated(free_text=True)


class Suspect(Subject):
    """A person of interest."""

    standing: CodeText | None = stated(codelist="standing")
    standing_since: DateText | None = stated()
    sex: CodeText | None = stated(codelist="sex")
    names: list[Name] = stated(nominal=True, items="keyed")
    births: list[Birth] = stated(nominal=True, items="keyed")
    deceased: DateText | None = stated(nominal=True)
    nationalities: list[CodeText] = stated(nominal=True, items="set", codelist="country")
    residence: CodeText | None = stated(nominal=True, codelist="country")
    documents: list[IdentityDocument] = stated(nominal=True, items="keyed")
    addresses: list[Address] = stated(nominal=True, items="keyed")
    phones: list[Text] = stated(nominal=True, items="set", indexed=True)
    emails: list[Text] = stated(nominal=True, items="set", indexed=True)
    accounts: list[Account] = stated(nominal=True, items="keyed")
    occupation: Text | None = stated(nominal=True)
    height: int | None = stated(nominal=True)
    marks: list[Mark] = stated(nominal=True, items="keyed")
    description: Prose | None = stated(nominal=True, free_text=True)
    associates: list[Associate] = stated(nominal=True, items="keyed")
    photos: list[Media] = stated(nominal=True, items="keyed")
