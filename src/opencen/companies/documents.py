"""The company: a business entity of interest; its page is the risk page of a consignee."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Item, stated
from opencen.records.schema import Line as Text
from opencen.records.subjects.parts import Account, Address, Associate, Holder, Media, Subject


class Name(Item):
    """One name of a company, in its own script."""

    text: Text | None = stated(kind="company_name", indexed=True)
    type: CodeText | None = stated(codelist="company_name_type")
    script: CodeText | None = stated(codelist="name_script")
    since: DateText | None = stated()
    until: DateText | None = stated()


class Registration(Item):
    """A number under which a register, tax office or customs knows the company."""

    kind: CodeText | None = stated(codelist="registration_kind")
    number: Text | None = stated(indexed=True)
    country: CodeText | None = stated(codelist="country")
    since: DateText | None = stated()
    until: DateText | None = stated()


class CleanPeriod(Item):
    """What stands on the clean side of a period: declarations made, checks done, how many found something."""

    since: DateText | None = stated()
    until: DateText | None = stated()
    declarations: int | None = stated()
    checks: int | None = stated()
    found: int | None = stated()
    source: Text | None = stated(free_text=True)


class Company(Subject):
    """A business entity of interest."""

    standing: CodeText | None = stated(codelist="standing")
    standing_since: DateText | None = stated()
    names: list[Name] = stated(nominal=True, items="keyed")
    legal_form: Text | None = stated()
    country: CodeText | None = stated(codelist="country")
    sector: CodeText | None = stated(codelist="sector")
    founded: DateText | None = stated(nominal=True)
    dissolved: DateText | None = stated(nominal=True)
    registrations: list[Registration] = stated(nominal=True, items="keyed")
    lei: Text | None = stated(nominal=True, identifier="lei", indexed=True)
    patterns: list[CodeText] = stated(items="set", codelist="fraud_pattern")
    addresses: list[Address] = stated(nominal=True, items="keyed")
    phones: list[Text] = stated(nominal=True, items="set", indexed=True)
    emails: list[Text] = stated(nominal=True, items="set", indexed=True)
    websites: list[Text] = stated(nominal=True, items="set", indexed=True)
    people: list[Holder] = stated(nominal=True, items="keyed")
    owners: list[Holder] = stated(nominal=True, items="keyed")
    brokers: list[Associate] = stated(nominal=True, items="keyed")
    fleet: list[Associate] = stated(nominal=True, items="keyed")
    accounts: list[Account] = stated(nominal=True, items="keyed")
    clean: list[CleanPeriod] = stated(nominal=True, items="keyed")
    associates: list[Associate] = stated(nominal=True, items="keyed")
    photos: list[Media] = stated(nominal=True, items="keyed")
