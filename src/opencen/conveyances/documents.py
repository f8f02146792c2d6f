"""The conveyance: a vessel, aircraft, road vehicle, container or wagon of interest."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Item, Number, Prose, stated
from opencen.records.schema import Line as Text
from opencen.records.subjects.parts import Associate, Holder, Media, Subject


class Name(Item):
    """A name that a vessel or aircraft went by, with its time."""

    text: Text | None = stated(kind="party", indexed=True)
    script: CodeText | None = stated(codelist="name_script")
    since: DateText | None = stated()
    until: DateText | None = stated()


class Flag(Item):
    """A flag that was flown before."""

    country: CodeText | None = stated(codelist="country")
    since: DateText | None = stated()
    until: DateText | None = stated()


class Sighting(Item):
    """Where and when it was seen."""

    on: DateText | None = stated()
    locode: CodeText | None = stated(codelist="place")
    place: Text | None = stated()
    country: CodeText | None = stated(codelist="country")
    latitude: Number | None = stated()
    longitude: Number | None = stated()
    bound_for: Text | None = stated()
    source: Text | None = stated(free_text=True)
    note: Prose | None = stated(free_text=True)


class Conveyance(Subject):
    """A means of transport of interest."""

    kind: CodeText | None = stated(codelist="conveyance_kind")
    type: CodeText | None = stated(codelist="vehicle_type")
    names: list[Name] = stated(nominal=True, items="keyed")
    imo: Text | None = stated(nominal=True, identifier="imo", indexed=True)
    mmsi: Text | None = stated(nominal=True, identifier="mmsi", indexed=True)
    call_sign: Text | None = stated(nominal=True, indexed=True)
    flag: CodeText | None = stated(codelist="country")
    former_flags: list[Flag] = stated(nominal=True, items="keyed")
    registration: Text | None = stated(nominal=True, indexed=True)
    plate: Text | None = stated(nominal=True, indexed=True)
    plate_country: CodeText | None = stated(codelist="country")
    vin: Text | None = stated(nominal=True, identifier="vin", indexed=True)
    container: Text | None = stated(nominal=True, identifier="iso6346", indexed=True)
    size_type: Text | None = stated()
    wagon: Text | None = stated(nominal=True, indexed=True)
    make: Text | None = stated()
    model: Text | None = stated()
    colour: Text | None = stated()
    built: DateText | None = stated()
    gross_tonnage: Number | None = stated()
    deadweight: Number | None = stated()
    operator: Text | None = stated(nominal=True, kind="party", indexed=True)
    holders: list[Holder] = stated(nominal=True, items="keyed")
    hiding_places: Prose | None = stated(nominal=True, free_text=True)
    description: Prose | None = stated(nominal=True, free_text=True)
    sightings: list[Sighting] = stated(nominal=True, items="keyed")
    associates: list[Associate] = stated(nominal=True, items="keyed")
    photos: list[Media] = stated(nominal=True, items="keyed")
