"""The formats of published lists: every row of the real files is read, nothing is dropped, bad files are refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from opencen.formats.watchlists import ftm, ofac, tabular, un
from opencen.formats.watchlists.documents import document_of
from opencen.formats.watchlists.listed import ListedBirth, ListedDocument, ListedPlace, ParsedList
from opencen.formats.watchlists.remarks import read_remarks
from opencen.kernel.errors import OpenCenError
from tests.formats.watchlists import lists

MAPPING = b"""
key = "ID"
kind = "person"
delimiter = ";"
joined = "|"
[columns]
"Full name" = "name"
"Also" = "alias"
"Born" = "birth_date"
"Passport" = "passport"
"Country" = "nationality"
"""
ROWS = (
    "ID;Full name;Also;Born;Passport;Country;Eyes\n1;Rosa Maria Alves;R. Alves|Rosinha;12 Mar 1980;AB123;Angola;brown\n"
)


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "watchlists"


def read_ofac(folder: Path) -> ParsedList:
    return ofac.parse({name: (folder / f"ofac_bench_{name}.csv").read_bytes() for name in ofac.FILES})


def test_the_whole_list_of_the_united_nations_is_read(folder: Path) -> None:
    found = un.parse({"xml": (folder / "UN_consolidated_2026-02-27.xml").read_bytes()})
    assert found.counts == {"individuals": 730, "entities": 273}
    assert found.by_kind() == {"person": 730, "company": 273}
    assert str(found.dated) == "2026-02-27"
    assert not [fact for entry in found.entries for fact in entry.unread]
    assert sum(name.use == "original_script" for entry in found.entries for name in entry.names) == 336 + 42


def test_the_whole_ofac_list_is_read_with_every_alias_and_address(folder: Path) -> None:
    found = read_ofac(folder)
    assert found.counts == {"sdn": 8976, "alt": 11910, "add": 13837}
    assert found.by_kind() == {"company": 3673, "person": 4620, "vessel": 406, "aircraft": 277}
    assert sum(bool(name.key) for entry in found.entries for name in entry.names) == 11910
    assert sum(bool(place.key) for entry in found.entries for place in entry.addresses) == 13837


def test_every_alias_and_address_of_ofac_stands_in_a_document(folder: Path) -> None:
    found = read_ofac(folder)
    aliases, addresses = Counter[str](), Counter[str]()
    for entry in found.entries:
        kind, document = document_of(entry, "OFAC")
        aliases.update(item["id"] for item in document.get("names", ()) if item["id"].startswith("a"))
        if kind == "conveyance":
            addresses.update(f"d{place.key}" for place in entry.addresses)
            assert all(place.text in document["note"] for place in entry.addresses if place.text)
            continue
        addresses.update(item["id"] for item in document.get("addresses", ()))
    assert len(aliases) == sum(aliases.values()) == 11910
    assert len(addresses) == sum(addresses.values()) == 13837


def test_the_facts_of_the_remarks_are_read_and_what_is_none_is_kept(folder: Path) -> None:
    found = read_ofac(folder)
    entries = found.entries
    assert sum(len(entry.births) for entry in entries) == 5125
    assert sum(len(entry.documents) for entry in entries) > 6000
    assert sum(bool(entry.craft and entry.craft.imo) for entry in entries) > 395
    kept = [fact for entry in entries for fact in entry.unread]
    assert len(kept) < 5500
    labels = ("DOB ", "alt. DOB ", "Passport ", "alt. Passport ", "nationality ", "citizen ", "MMSI ", "Linked To: ")
    assert not [fact for fact in kept if fact.startswith(labels)]


def test_the_sample_of_follow_the_money_is_read(folder: Path) -> None:
    found = ftm.parse({"json": (folder / "ftm_donations_sample.ijson").read_bytes()})
    assert found.counts == {"Payment": 290, "Address": 89, "Company": 56, "Person": 22, "Organization": 17}
    assert found.by_kind() == {"person": 22, "company": 73}
    assert sum(len(entry.linked_to) for entry in found.entries) > 0
    assert not [fact for entry in found.entries for fact in entry.unread]


@pytest.mark.parametrize(
    ("fact", "name", "expected"),
    [
        ("DOB 16 Dec 1949", "births", ListedBirth("1949-12-16")),
        ("alt. DOB Jan 1951", "births", ListedBirth("1951-01")),
        ("DOB circa 1951", "births", ListedBirth("1951", is_about=True)),
        ("DOB 1953 to 1958", "births", ListedBirth("1953", "1958")),
        ("POB Tulua, Valle, Colombia", "birth_places", ListedPlace(city="Tulua, Valle", country="Colombia")),
        ("POB Mexico", "birth_places", ListedPlace(country="Mexico")),
        ("Passport 03574 (United Kingdom)", "documents", ListedDocument("Passport", "03574", "United Kingdom")),
        ("Passport G025057 issued 23 Jun 1999 expires 05 Feb 2004", "documents",
         ListedDocument("Passport", "G025057", "", "1999-06-23", "2004-02-05")),
        ("NIT # 800146749-7 (Colombia)", "documents", ListedDocument("NIT #", "800146749-7", "Colombia")),
        ("Company Number IMO 5055293", "documents", ListedDocument("Company Number IMO", "5055293")),
        ("nationality Korea, North", "nationalities", "Korea, North"),
        ("citizen Iran", "citizenships", "Iran"),
        ("Email Address info@arrai.tv", "emails", "info@arrai.tv"),
        ("Website www.example.com", "websites", "www.example.com"),
        ("Telephone (98)(21)(66153220)", "phones", "(98)(21)(66153220)"),
        ("Linked To: MAHAN AIR", "linked_to", "MAHAN AIR"),
        ("Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "accounts",
         "XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"),
        ("all offices worldwide", "unread", "all offices worldwide"),
    ],
)  # fmt: skip
def test_one_fact_of_the_remarks(fact: str, name: str, expected: object) -> None:
    found = read_remarks(f"{fact}; Gender Male.")
    assert getattr(found, name) == [expected]
    assert found.sex == "male"


def test_a_ship_says_its_number_tonnage_and_flags() -> None:
    files = {"sdn": lists.SHIP.format(key=1, name="BRIGHT").encode() + b"\x1a", "alt": lists.alt(), "add": lists.add()}
    with pytest.raises(OpenCenError, match=r"watchlist\.empty"):
        ofac.parse(files)
    files |= {"alt": lists.alt([(1, 2, "SHINY")]), "add": lists.add([(1, 3, "Dock 4")])}
    kind, document = document_of(ofac.parse(files).entries[0], "OFAC")
    assert kind == "conveyance"
    expected = {
        "imo": "9187629", "mmsi": "572469210", "call_sign": "HP2345", "flag": "PA", "deadweight": "317356",
        "gross_tonnage": "163660", "kind": "vessel",
    }  # fmt: skip
    assert expected.items() <= document.items()
    assert [flag["country"] for flag in document["former_flags"]] == ["MT"]
    assert [holder["name"] for holder in document["holders"]] == ["NITC"]


def test_a_plain_file_is_read_by_its_mapping_and_keeps_what_is_not_mapped() -> None:
    entry = tabular.parse({"csv": ROWS.encode(), "mapping": MAPPING}).entries[0]
    assert [name.text for name in entry.names] == ["Rosa Maria Alves", "R. Alves", "Rosinha"]
    assert entry.births == (ListedBirth("1980-03-12"),)
    assert entry.unread == ("Eyes: brown",)
    assert "Eyes: brown" in document_of(entry, "National")[1]["note"]


GOOD = lists.ofac()
BAD = [
    (ofac, {**GOOD, "sdn.csv": GOOD["sdn.csv"][:-400]}, "watchlist.truncated"),
    (ofac, {**GOOD, "sdn.csv": GOOD["sdn.csv"].rstrip(b"\x1a")}, "watchlist.truncated"),
    (ofac, {**GOOD, "sdn.csv": GOOD["sdn.csv"].replace(b'"individual","SDNTK",', b"", 1)}, "watchlist.version"),
    (ofac, {**GOOD, "sdn.csv": b"key,name\n1,2\n\x1a"}, "watchlist.version"),
    (ofac, {**GOOD, "sdn.csv": b""}, "watchlist.empty"),
    (ofac, {**GOOD, "sdn.csv": b"\xff\xfe\x00" + GOOD["sdn.csv"]}, "watchlist.not_text"),
    (ofac, {**GOOD, "alt.csv": lists.alt([(999, 1, "GHOST")])}, "watchlist.unresolved"),
    (ofac, {**GOOD, "sdn.csv": lists.sdn(2, more=lists.PERSON.format(key=100, name="TWICE"))}, "watchlist.repeated_id"),
    (ofac, {"sdn.csv": GOOD["sdn.csv"]}, "watchlist.file_missing"),
    (un, {"a.xml": lists.un()[:-60]}, "watchlist.truncated"),
    (un, {"a.xml": b"<export><sanctionEntity/></export>"}, "watchlist.version"),
    (un, {"a.xml": lists.un().replace(b"INDIVIDUAL>", b"PERSON>")}, "watchlist.version"),
    (un, {"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "import.xml_doctype"),
    (ftm, {"a.json": b'{"id": "1", "schema": "Person", "properties": {"name": ["A"]}}\n{"id": "2", "sch'}, "watchlist.truncated"),
    (ftm, {"a.json": b'{"name": "A"}\n'}, "watchlist.version"),
    (tabular, {"csv": ROWS.encode()[:-20], "mapping": MAPPING}, "watchlist.truncated"),
    (tabular, {"csv": b"A;B\n1;2\n", "mapping": MAPPING}, "watchlist.version"),
    (tabular, {"csv": ROWS.encode(), "mapping": b"[columns"}, "watchlist.mapping_unreadable"),
    (tabular, {"csv": ROWS.encode(), "mapping": MAPPING.replace(b'"alias"', b'"soul"')}, "watchlist.mapping_target"),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "files", "code"), BAD, ids=[f"{row[2]}-{place}" for place, row in enumerate(BAD)])
def test_a_file_that_is_not_the_list_is_refused(reader: object, files: dict[str, bytes], code: str) -> None:
    names = {"a.xml": "xml", "a.json": "json"}
    parts = {names.get(name, name.removesuffix(".csv")): content for name, content in files.items()}
    with pytest.raises(OpenCenError) as refused:
        reader.parse(parts)  # type: ignore[attr-defined]  # every format has it
    assert refused.value.code == code
