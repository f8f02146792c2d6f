"""The parts that a case is made of. Sources: the field dictionary; WCO CEN, UNODC, CITES and ETIS forms."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Group, Item, Number, Prose, stated
from opencen.records.schema import Line as Text


class ExternalReference(Item):
    """A number that another system gave to this event."""

    system: CodeText | None = stated(codelist="reference_system")
    number: Text | None = stated(nominal=True, indexed=True)
    uploaded_by: Text | None = stated(nominal=True)
    uploaded_on: DateText | None = stated()


class Relation(Item):
    """Another case that this one belongs with; `same_event` is counted once."""

    kind: CodeText | None = stated(codelist="relation_kind", indexed=True)
    record: Text | None = stated(kind="record:case", indexed=True)
    note: Text | None = stated(nominal=True, free_text=True)


class Place(Group):
    """Where it happened: a UN/LOCODE, or a name with coordinates and their precision."""

    locode: CodeText | None = stated(codelist="place")
    name: Text | None = stated()
    latitude: Number | None = stated()
    longitude: Number | None = stated()
    precision: CodeText | None = stated(codelist="coordinate_precision")
    zone: Text | None = stated()
    flag: CodeText | None = stated(codelist="country")
    boarding_authority: Text | None = stated()


class Agency(Item):
    """An agency that took part."""

    role: CodeText | None = stated(codelist="agency_role")
    name: Text | None = stated()
    reference: Text | None = stated(nominal=True, indexed=True)
    reports_internationally: bool | None = stated()


class Leg(Item):
    """One stop of the route, in the order the goods went."""

    role: CodeText | None = stated(codelist="leg_role")
    country: CodeText | None = stated(codelist="country")
    place: CodeText | None = stated(codelist="place")
    place_name: Text | None = stated()
    mode: CodeText | None = stated(codelist="conveyance_mode")
    carrier: Text | None = stated(nominal=True)
    arrived: DateText | None = stated()
    departed: DateText | None = stated()


class Traveller(Group):
    """The journey of a traveller."""

    flight: Text | None = stated(indexed=True)
    flight_date: DateText | None = stated()
    itinerary: Text | None = stated()
    locator: Text | None = stated(nominal=True)
    seat: Text | None = stated(nominal=True)
    baggage_tags: list[Text] = stated(nominal=True, items="set")
    residence: Text | None = stated(nominal=True)


class Seal(Item):
    """A seal number, as the papers have it and as it was found."""

    expected: Text | None = stated(nominal=True)
    found: Text | None = stated(nominal=True)


class Container(Item):
    """A freight container (ISO 6346)."""

    number: Text | None = stated(nominal=True, identifier="iso6346", indexed=True)
    size_type: Text | None = stated()
    load: CodeText | None = stated(codelist="container_load")
    seals: list[Seal] = stated(items="keyed")


class Consignment(Item):
    """One consignment under one transport document; an innocent co-load has its own."""

    bill_of_lading: Text | None = stated(nominal=True, indexed=True)
    house_bill: Text | None = stated(nominal=True, indexed=True)
    air_waybill: Text | None = stated(nominal=True, identifier="iata_awb", indexed=True)
    parcel_number: Text | None = stated(nominal=True, identifier="s10", indexed=True)
    containers: list[Container] = stated(items="keyed")
    consignor: Text | None = stated(nominal=True, kind="party", indexed=True)
    consignor_country: CodeText | None = stated(codelist="country")
    consignee: Text | None = stated(nominal=True, kind="party", indexed=True)
    consignee_country: CodeText | None = stated(codelist="country")
    declarant: Text | None = stated(nominal=True, kind="party", indexed=True)
    declaration_number: Text | None = stated(nominal=True, indexed=True)
    declared_description: Text | None = stated(nominal=True, free_text=True)
    declared_weight: Number | None = stated()
    declared_value: Number | None = stated()
    declared_currency: CodeText | None = stated(codelist="currency")
    hs_code: CodeText | None = stated(codelist="hs")


class Conveyance(Item):
    """A means of transport of the case."""

    mode: CodeText | None = stated(codelist="conveyance_mode")
    vessel_imo: Text | None = stated(nominal=True, identifier="imo", indexed=True)
    name: Text | None = stated(nominal=True, indexed=True)
    flag: CodeText | None = stated(codelist="country")
    flight: Text | None = stated(nominal=True, indexed=True)
    plate: Text | None = stated(nominal=True, indexed=True)
    plate_country: CodeText | None = stated(codelist="country")
    vin: Text | None = stated(nominal=True, identifier="vin", indexed=True)
    wagon: Text | None = stated(nominal=True, indexed=True)
    vehicle_type: CodeText | None = stated(codelist="vehicle_type")
    make: Text | None = stated()
    carrier: Text | None = stated(nominal=True)
    operator: Text | None = stated(nominal=True)
    record: Text | None = stated(kind="record:conveyance", nominal=True, indexed=True)


class Technique(Item):
    """How it was found."""

    technique: CodeText | None = stated(codelist="detection_technique")
    result: CodeText | None = stated(codelist="technique_result")
    equipment: Text | None = stated()
    scan_number: Text | None = stated(nominal=True)
    handler: Text | None = stated(nominal=True)
    note: Text | None = stated(nominal=True, free_text=True)


class Prompt(Item):
    """What led to the check."""

    kind: CodeText | None = stated(codelist="prompt_kind")
    reference: Text | None = stated(nominal=True, indexed=True)


class Concealment(Group):
    """Where it was hidden."""

    place: CodeText | None = stated(codelist="concealment")
    note: Text | None = stated(nominal=True, free_text=True)
    exceptional: bool | None = stated()


class Assessment(Item):
    """A dated statement of substance and quantity at one stage."""

    stage: CodeText | None = stated(codelist="assessment_stage")
    on: DateText | None = stated()
    substance: CodeText | None = stated(codelist="commodity")
    kit: Text | None = stated()
    result: CodeText | None = stated(codelist="test_result")
    quantity: Number | None = stated()
    unit: CodeText | None = stated(codelist="unit")
    basis: CodeText | None = stated(codelist="measurement_basis")
    purity: Number | None = stated()
    certificate: Text | None = stated(nominal=True, indexed=True)
    laboratory: Text | None = stated()


class Measure(Item):
    """Another measure of the same goods: a count beside a weight is no second line."""

    quantity: Number | None = stated()
    unit: CodeText | None = stated(codelist="unit")
    basis: CodeText | None = stated(codelist="measurement_basis")
    subject: CodeText | None = stated(codelist="measure_subject")


class Value(Group):
    """What the goods are worth, on which basis, with the rate used."""

    amount: Number | None = stated()
    currency: CodeText | None = stated(codelist="currency")
    basis: CodeText | None = stated(codelist="value_basis")
    rate: Number | None = stated()
    rate_date: DateText | None = stated()
    rate_source: Text | None = stated()


class Duty(Item):
    """One tax or duty evaded."""

    kind: CodeText | None = stated(codelist="duty_kind")
    amount: Number | None = stated()
    currency: CodeText | None = stated(codelist="currency")


class Status(Item):
    """A dated act upon the goods."""

    status: CodeText | None = stated(codelist="goods_status")
    on: DateText | None = stated()
    note: Text | None = stated(nominal=True, free_text=True)


class Attributes(Group):
    """What only some commodities ask for."""

    form: CodeText | None = stated(codelist="goods_form")
    purity: Number | None = stated()
    pack_size: Number | None = stated()
    tax_stamp: CodeText | None = stated(codelist="tax_stamp")
    intended_market: CodeText | None = stated(codelist="country")
    brand: Text | None = stated()
    alcohol_by_volume: Number | None = stated()
    ipr_right: CodeText | None = stated(codelist="ipr_right")
    right_holder: Text | None = stated(nominal=True)
    scientific_name: Text | None = stated()
    specimen_term: CodeText | None = stated(codelist="cites_term")
    appendix: CodeText | None = stated(codelist="cites_appendix")
    cites_source: CodeText | None = stated(codelist="cites_source")
    cites_purpose: CodeText | None = stated(codelist="cites_purpose")
    permit: Text | None = stated(nominal=True)
    raw_ivory_pieces: Number | None = stated()
    raw_ivory_kg: Number | None = stated()
    worked_ivory_pieces: Number | None = stated()
    worked_ivory_kg: Number | None = stated()
    make: Text | None = stated()
    model: Text | None = stated()
    calibre: Text | None = stated()
    serial: Text | None = stated(nominal=True, indexed=True)
    currency: CodeText | None = stated(codelist="currency")
    denomination: Number | None = stated()
    counterfeit: bool | None = stated()
    object_type: Text | None = stated()
    period: Text | None = stated()
    inn: Text | None = stated()
    medical_class: Text | None = stated()
    waste_code: Text | None = stated()


class Line(Item):
    """A seizure line: one commodity, one quantity."""

    role: CodeText | None = stated(codelist="line_role")
    commodity: CodeText | None = stated(codelist="commodity")
    description: Text | None = stated(nominal=True, free_text=True)
    quantity: Number | None = stated()
    unit: CodeText | None = stated(codelist="unit")
    basis: CodeText | None = stated(codelist="measurement_basis")
    is_estimate: bool | None = stated()
    measures: list[Measure] = stated(items="keyed")
    assessments: list[Assessment] = stated(items="keyed")
    concealment: Concealment | None = stated()
    consignment: Text | None = stated(kind="item:consignments")
    conveyance: Text | None = stated(kind="item:conveyances")
    persons: list[Text] = stated(items="set", kind="item:persons")
    offences: list[Text] = stated(items="set", kind="item:offences")
    packages: Number | None = stated()
    package_type: CodeText | None = stated(codelist="package_kind")
    marks: Text | None = stated(nominal=True, free_text=True)
    value: Value | None = stated()
    duties: list[Duty] = stated(items="keyed")
    hs_code: CodeText | None = stated(codelist="hs")
    declared_as: Text | None = stated(nominal=True, free_text=True)
    found_as: Text | None = stated(nominal=True, free_text=True)
    goods_origin: CodeText | None = stated(codelist="country")
    attributes: Attributes | None = stated()
    goods_status: list[Status] = stated(items="keyed")


class Arrest(Group):
    """The arrest of a person."""

    at: DateText | None = stated()
    place: Text | None = stated(nominal=True)
    authority: Text | None = stated(nominal=True)
    custody_deadline: DateText | None = stated()
    bail: Text | None = stated(nominal=True)
    charge: Text | None = stated(nominal=True)
    medical_escort: bool | None = stated()


class IdentityDocument(Item):
    """An identity document that a person carried."""

    kind: CodeText | None = stated(codelist="identity_document")
    number: Text | None = stated(nominal=True, indexed=True)
    country: CodeText | None = stated(codelist="country", nominal=True)
    expires: DateText | None = stated(nominal=True)


class Person(Item):
    """A person of the case, inline or linked to a suspect record."""

    role: CodeText | None = stated(codelist="person_role")
    standing: CodeText | None = stated(codelist="standing")
    identified: CodeText | None = stated(codelist="person_identified")
    suspect: Text | None = stated(kind="record:suspect", nominal=True, indexed=True)
    name: Text | None = stated(nominal=True, kind="person_name", indexed=True)
    birth_date: DateText | None = stated(nominal=True)
    birth_year: int | None = stated(indexed=True)
    age_band: CodeText | None = stated(codelist="age_band", indexed=True)
    sex: CodeText | None = stated(codelist="sex", indexed=True)
    nationality: CodeText | None = stated(codelist="country", indexed=True)
    minor: bool | None = stated()
    documents: list[IdentityDocument] = stated(items="keyed")
    phones: list[Text] = stated(nominal=True, items="set", indexed=True)
    address: Text | None = stated(nominal=True)
    occupation: Text | None = stated(nominal=True)
    arrest: Arrest | None = stated()
    note: Prose | None = stated(nominal=True, free_text=True)


class Company(Item):
    """A company of the case, inline or linked to a company record."""

    role: CodeText | None = stated(codelist="company_role")
    standing: CodeText | None = stated(codelist="standing")
    company: Text | None = stated(kind="record:company", nominal=True, indexed=True)
    name: Text | None = stated(nominal=True, kind="company_name", indexed=True)
    country: CodeText | None = stated(codelist="country")
    registration_number: Text | None = stated(nominal=True, indexed=True)
    tax_number: Text | None = stated(nominal=True, indexed=True)
    address: Text | None = stated(nominal=True)
    phones: list[Text] = stated(nominal=True, items="set", indexed=True)
    note: Prose | None = stated(nominal=True, free_text=True)


class Offence(Item):
    """A legal provision that was breached, by whom, over which goods."""

    kind: CodeText | None = stated(codelist="offence_type")
    provision: Text | None = stated()
    person: Text | None = stated(kind="item:persons")
    company: Text | None = stated(kind="item:companies")
    lines: list[Text] = stated(items="set", kind="item:lines")
    charge: Text | None = stated(nominal=True)
    result: CodeText | None = stated(codelist="outcome")


class Staff(Item):
    """An officer or unit of the seizure; never leaves the node."""

    unit: Text | None = stated(nominal=True)
    officer: Text | None = stated(nominal=True)
    role: Text | None = stated(nominal=True)


class Intelligence(Group):
    """What is known beside the evidence; nominal as a whole."""

    narrative: Prose | None = stated(free_text=True)
    modus_operandi: Prose | None = stated(free_text=True)
    risk_indicators: list[Text] = stated(items="set")
    source_reliability: CodeText | None = stated(codelist="grading_source")
    information_credibility: CodeText | None = stated(codelist="grading_information")
    handling: CodeText | None = stated(codelist="grading_handling")
    source_number: Text | None = stated()


class Media(Item):
    """A photo, X-ray, video or document by the SHA-256 of its original; nominal as a whole."""

    sha256: Text | None = stated(kind="media")
    derived_from: Text | None = stated()
    kind: CodeText | None = stated(codelist="media_kind")
    caption: Text | None = stated(free_text=True)
    taken_at: DateText | None = stated()
    releasable: bool | None = stated()
    is_main: bool | None = stated()
    shows_concealment: bool | None = stated()
    persons: list[Text] = stated(items="set", kind="item:persons")
    lines: list[Text] = stated(items="set", kind="item:lines")
