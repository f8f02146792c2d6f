"""The case: one event, with one or more seizure lines."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Document, Prose, stated
from opencen.records.schema import Line as Text
from opencen.seizures.documents.parts import (
    Agency,
    Company,
    Consignment,
    Conveyance,
    ExternalReference,
    Intelligence,
    Leg,
    Line,
    Media,
    Offence,
    Person,
    Place,
    Prompt,
    Relation,
    Staff,
    Technique,
    Traveller,
)


class Case(Document):
    """A seizure, an offence or a detention."""

    kind: CodeText | None = stated(codelist="case_kind")
    form: CodeText | None = stated(codelist="case_form")
    external_references: list[ExternalReference] = stated(items="keyed")
    relations: list[Relation] = stated(items="keyed")
    operations: list[Text] = stated(items="set", indexed=True)
    detected_at: DateText | None = stated()
    seized_at: DateText | None = stated()
    country: CodeText | None = stated(codelist="country")
    office: CodeText | None = stated(kind="office")
    unit: Text | None = stated()
    location_type: CodeText | None = stated(codelist="location_type")
    place: Place | None = stated()
    agencies: list[Agency] = stated(items="keyed")
    direction: CodeText | None = stated(codelist="direction")
    procedure: CodeText | None = stated(codelist="procedure")
    e_commerce: CodeText | None = stated(codelist="yes_no")
    route: list[Leg] = stated(items="ordered")
    goods_origin: CodeText | None = stated(codelist="country")
    traveller: Traveller | None = stated()
    consignments: list[Consignment] = stated(items="keyed")
    conveyances: list[Conveyance] = stated(items="keyed")
    detection_method: CodeText | None = stated(codelist="detection_method")
    detection_techniques: list[Technique] = stated(items="keyed")
    prompted_by: list[Prompt] = stated(items="keyed")
    lines: list[Line] = stated(items="keyed")
    persons: list[Person] = stated(items="keyed")
    companies: list[Company] = stated(items="keyed")
    offences: list[Offence] = stated(items="keyed")
    staff: list[Staff] = stated(items="keyed")
    narrative: Prose | None = stated(nominal=True, free_text=True)
    intelligence: Intelligence | None = stated(nominal=True)
    media: list[Media] = stated(nominal=True, items="keyed")
