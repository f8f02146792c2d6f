"""The document of an investigation: what is stated of it; tasks, log, links and stages are small records beside it."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Document, Group, Item, Prose, stated
from opencen.records.schema import Line as Text


class Hypothesis(Item):
    """What may have happened, with what speaks for and against it."""

    statement: Prose | None = stated(nominal=True, free_text=True)
    state: CodeText | None = stated(codelist="hypothesis_state")
    supports: Prose | None = stated(nominal=True, free_text=True)
    contradicts: Prose | None = stated(nominal=True, free_text=True)


class Evidence(Item):
    """One line of the evidence and disclosure schedule; nominal as a whole but for kind and decision."""

    number: Text | None = stated(nominal=True)
    kind: CodeText | None = stated(codelist="evidence_kind")
    description: Text | None = stated(nominal=True, free_text=True)
    obtained_on: DateText | None = stated(nominal=True)
    obtained_from: Text | None = stated(nominal=True)
    kept_at: Text | None = stated(nominal=True)
    record: Text | None = stated(kind="record:case suspect company conveyance", nominal=True)
    disclosure: CodeText | None = stated(codelist="disclosure_state")
    disclosed_to: Text | None = stated(nominal=True)
    disclosed_on: DateText | None = stated(nominal=True)
    reason: Text | None = stated(nominal=True, free_text=True)


class Phone(Item):
    """A telephone number that the investigation is about."""

    number: Text | None = stated(nominal=True, indexed=True)
    holder: Text | None = stated(nominal=True)


class Outcome(Group):
    """How it ended."""

    result: CodeText | None = stated(codelist="outcome")
    on: DateText | None = stated()
    summary: Prose | None = stated(nominal=True, free_text=True)


class Investigation(Document):
    """An investigation."""

    title: Text | None = stated(nominal=True, free_text=True)
    offence_area: CodeText | None = stated(codelist="offence_area")
    office: CodeText | None = stated(kind="office")
    opened_on: DateText | None = stated()
    purpose: Prose | None = stated(nominal=True, free_text=True)
    legal_basis: Text | None = stated(nominal=True)
    prosecutor: Text | None = stated(nominal=True)
    external_reference: Text | None = stated(nominal=True, indexed=True)
    background: Prose | None = stated(nominal=True, free_text=True)
    phones: list[Phone] = stated(items="keyed")
    hypotheses: list[Hypothesis] = stated(items="keyed")
    evidence: list[Evidence] = stated(items="keyed")
    outcome: Outcome | None = stated()
