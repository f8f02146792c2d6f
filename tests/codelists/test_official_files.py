"""Official files are recognised by their header and kept as dated versions; a bad one changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from opencen.codelists.catalogue import drop_cache, get_list, list_names, resolve
from opencen.codelists.models import LoadedCode, LoadedList
from opencen.codelists.official import read_file, reading
from opencen.codelists.permissions import MANAGE_CODELISTS
from opencen.codelists.services import load_file
from opencen.kernel.actor import system_actor
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound, OpenCenError, TooLarge
from opencen.log.models import Entry
from opencen.log.stamps import drop_caches

pytestmark = pytest.mark.django_db

MANAGER = system_actor(MANAGE_CODELISTS)
PURPOSES = "Purpose,Explanation\n" + "".join(f"{code},Purpose {code}\n" for code in "BEGHLMNPQSTZ")
DAY, NEXT = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget what an earlier test's rolled-back lists left in the process."""
    drop_caches()
    yield
    drop_caches()
    drop_cache()


def write(folder: Path, content: str | bytes, name: str = "official.csv") -> Path:
    """Write a file to load."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Format, list and the numbers of codes and of refused rows of each real file.
REAL = [
    ("hs_harmonized-system.csv", "hs", "hs", 6939, 1),
    ("hs_sections.csv", "hs_sections", "hs_section", 21, 0),
    ("unece_rec20_units.csv", "rec20", "unit_rec20", 2136, 0),
    ("unece_rec20_levels.csv", "rec20_levels", "unit_rec20_level", 15, 0),
    ("dcsa__rec21_Rev12e_Annex-V-VI_2021.csv", "rec21", "package_rec21", 406, 0),
    ("dcsa__2023-1_UNLOCODE_CodeListPart2.csv", "unlocode", "place", 27482, 28),
    ("dcsa__2023-1_UNLOCODE_CodeListPart3.csv", "unlocode", "place", 33830, 14),
    ("dcsa__iso-6346-container-codes.csv", "iso6346_types", "container_type", 715, 0),
    ("dcsa__imoclasses.csv", "imo_classes", "imo_class", 49, 0),
    ("dcsa__currency-codes-iso-4217.csv", "iso4217", "currency", 302, 2),
    ("dcsa__country-codes-iso3166-alpha2.csv", "iso3166", "country", 249, 0),
    ("unlocode_country-codes.csv", "unlocode_countries", "country", 249, 0),
    ("unlocode_subdivision-codes.csv", "iso3166_2", "subdivision", 4672, 0),
    ("cites_traded_taxa_2001_2015_derived.csv", "cites_taxa", "cites_taxon", 7194, 0),
    ("cites_trade_purpose.csv", "cites_purpose", "cites_purpose", 12, 0),
    ("inn_names_unii_derived.csv", "inn", "inn", 12109, 0),
    ("gleif_elf_legal_forms_v1.4.1.csv", "elf", "legal_form", 3271, 3),
]


@pytest.mark.parametrize(("name", "known", "list_name", "taken", "refused"), REAL)
def test_a_real_file_is_recognised_and_every_row_has_an_outcome(
    shared_data: Path, name: str, known: str, list_name: str, taken: int, refused: int
) -> None:
    path = shared_data / "codes" / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the real data folder")
    found = read_file(path)
    assert (found.format.name, found.format.list_name) == (known, list_name)
    assert (len(found.rows), len(found.refused)) == (taken, refused)


@pytest.mark.parametrize("name", ["rigour_territories.jsonl", "cites_appendices_2017_zh.json", "unlocode_alias.csv"])
def test_a_file_of_another_kind_is_refused_by_name_of_its_header(shared_data: Path, name: str) -> None:
    with pytest.raises(Invalid, match=r"codelist\.file_unknown"):
        read_file(shared_data / "codes" / name)


def test_the_real_places_are_laid_over_the_shipped_ones(shared_data: Path) -> None:
    before = get_list("place")
    report = load_file(MANAGER, path=shared_data / "codes" / "dcsa__2023-1_UNLOCODE_CodeListPart2.csv", version=DAY)
    assert (report.added, report.changed, report.gone, len(report.doubtful)) == (27482, 0, 0, 124)
    places = get_list("place")
    assert len(places) > len(before)
    assert places["GBFXT"].attributes["function"] == "port"
    assert round(places["GBFXT"].attributes["latitude"], 1) == 52.0
    assert "TNRDS" in places
    found = resolve("place", "Hong Kong")
    assert found is not None
    assert found.code.startswith("HK")


def test_loading_keeps_the_translations_of_a_shipped_list(tmp_path: Path) -> None:
    load_file(MANAGER, path=write(tmp_path, PURPOSES), version=DAY)
    assert get_list("cites_purpose").label("Z", "en") == "Zoos"
    assert get_list("cites_purpose").label("Z", "fr") == "Parcs zoologiques"


def test_loading_makes_a_list_that_was_not_there(tmp_path: Path) -> None:
    assert "hs_section" not in list_names()
    sections = "section,name\n" + "".join(f"S{number},Section {number}\n" for number in range(1, 22))
    load_file(MANAGER, path=write(tmp_path, sections), version=DAY)
    assert "hs_section" in list_names()
    assert get_list("hs_section").label("S7") == "Section 7"


def test_a_repeated_file_changes_nothing_and_logs_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, PURPOSES)
    first, again = (load_file(MANAGER, path=path, version=day) for day in (DAY, NEXT))
    assert (first.added, first.is_repeat) == (12, False)
    assert (again.added, again.is_repeat, again.version) == (0, True, DAY)
    assert LoadedList.objects.count() == 1 == Entry.objects.filter(act="codelist.loaded").count()


def test_a_new_version_says_what_came_changed_and_went(tmp_path: Path) -> None:
    load_file(MANAGER, path=write(tmp_path, PURPOSES), version=DAY)
    newer = PURPOSES.replace("Z,Purpose Z\n", "").replace("Purpose Q", "Circuses") + "J,Purpose J\n"
    report = load_file(MANAGER, path=write(tmp_path, newer), version=NEXT)
    assert (report.total, report.added, report.changed, report.gone) == (12, 1, 1, 1)
    purposes = get_list("cites_purpose")
    assert purposes.is_valid("Z", date(2026, 5, 31))
    assert not purposes.is_valid("Z", NEXT)
    assert purposes.is_valid("J", NEXT)
    assert not purposes.is_valid("J", date(2026, 5, 31))
    back = load_file(MANAGER, path=write(tmp_path, PURPOSES), version=date(2026, 9, 1))
    assert (back.changed, back.gone) == (2, 1)
    assert get_list("cites_purpose").is_valid("Z", date(2026, 9, 1))


def test_a_file_that_would_end_most_codes_is_refused_unless_that_is_accepted(tmp_path: Path) -> None:
    load_file(MANAGER, path=write(tmp_path, PURPOSES), version=DAY)
    other = PURPOSES.replace("\nB,", "\n1,").replace("\nE,", "\n2,").replace("\nG,", "\n3,")
    with pytest.raises(Conflict, match=r"codelist\.too_many_gone"):
        load_file(MANAGER, path=write(tmp_path, other), version=NEXT)
    assert LoadedCode.objects.filter(valid_to__isnull=False).count() == 0
    assert load_file(MANAGER, path=write(tmp_path, other), version=NEXT, accept_losses=True).gone == 3


BAD = [
    ("empty", b"", "codelist.file_empty"),
    ("blank", b" \n\n", "codelist.file_empty"),
    ("binary", b"\x89PNG\r\n\x1a\n\x00\x00", "codelist.file_not_text"),
    ("zip", b"PK\x03\x04\x00\x00", "codelist.file_not_text"),
    ("other header", b"name,amount\na,1\n", "codelist.file_unknown"),
    ("quote left open in the header", b'"Purpose,Explanation\n', "codelist.file_unknown"),
    ("cut within a quoted cell", PURPOSES.encode() + b'X,"Purp', "codelist.file_broken"),
    ("cut after a few rows", PURPOSES[:60].encode(), "codelist.file_truncated"),
    ("header only", b"Purpose,Explanation\n", "codelist.file_truncated"),
    ("most rows unreadable", PURPOSES.encode() + b"only one cell\n" * 20, "codelist.file_mostly_refused"),
]


@pytest.mark.parametrize(("case", "content", "code"), BAD, ids=[case for case, _, _ in BAD])
def test_a_bad_file_is_refused_whole_and_changes_nothing(tmp_path: Path, case: str, content: bytes, code: str) -> None:
    with pytest.raises(OpenCenError) as caught:
        load_file(MANAGER, path=write(tmp_path, content))
    assert caught.value.code == code
    assert LoadedList.objects.count() == 0 == LoadedCode.objects.count()


def test_a_missing_file_and_a_folder_are_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(NotFound, match=r"codelist\.file_missing"):
            load_file(MANAGER, path=path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(TooLarge, match=r"codelist\.file_too_large"):
        load_file(MANAGER, path=write(tmp_path, PURPOSES))


def test_a_file_of_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 5)
    with pytest.raises(TooLarge, match=r"codelist\.file_too_long"):
        load_file(MANAGER, path=write(tmp_path, PURPOSES))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("only one cell", "columns"),
        ("a,b,c", "columns"),
        (",No code", "code_missing"),
        ("X,", "label_missing"),
        (f"X,{'x' * 1001}", "too_long"),
        (f"{'X' * 121},Long code", "too_long"),
        ("X,bad\x07bell", "not_text"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_rest_is_taken(tmp_path: Path, row: str, reason: str) -> None:
    found = read_file(write(tmp_path, PURPOSES + row + "\n"))
    assert len(found.rows) == 12
    assert [(refused.line, refused.reason) for refused in found.refused] == [(14, reason)]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "@SUM(A1)"])
def test_what_looks_like_a_formula_or_markup_is_kept_as_mere_text(tmp_path: Path, text: str) -> None:
    load_file(MANAGER, path=write(tmp_path, PURPOSES + f"X,{text}\n"), version=DAY)
    assert get_list("cites_purpose").label("X") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encoding_and_line_endings_do_not_matter(tmp_path: Path, encoding: str, ending: str) -> None:
    content = (PURPOSES + "X,Ménagerie privée\n").replace("\n", ending).encode(encoding)
    assert read_file(write(tmp_path, content)).rows["X"].labels == {"en": "Ménagerie privée"}


def test_a_unit_marked_as_deleted_is_not_in_force(tmp_path: Path) -> None:
    header = "Status,CommonCode,Name,Description,LevelAndCategory,Symbol,ConversionFactor\n"
    rows = "".join(f",U{number},unit {number},,1,,\n" for number in range(1000))
    load_file(MANAGER, path=write(tmp_path, header + rows + "X,05,lift,,3.9,,\n"), version=DAY)
    units = get_list("unit_rec20")
    assert units.is_valid("U7", DAY)
    assert not units.is_valid("05", DAY)


@pytest.mark.parametrize(
    ("coordinates", "position"),
    [
        ("3648N 01018E", (36.8, 10.3)),
        ("2354S 04639W", (-23.9, -46.65)),
        ("5298N 00251W", None),
        ("9100N 00000E", None),
        ("north", None),
        ("", None),
    ],
)
def test_a_place_with_an_impossible_position_is_kept_without_it(
    tmp_path: Path, coordinates: str, position: tuple[float, float] | None
) -> None:
    head = ',"GA",,".GABON",,,,,,,,\n'
    others = "".join(f',"GA","{a}{b}{c}","Place","Place",,"1-------","AI","9601",,,\n'
                     for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJK")  # fmt: skip
    row = f',"GA","ZZZ","Booué","Booue","EST","1-3-----","AI","9601",,"{coordinates}",\n'
    found = read_file(write(tmp_path, (head + others + row).encode("cp1252")))
    place = found.rows["GAZZZ"]
    assert place.labels == {"en": "Booué"}
    assert place.aliases == ("Booue",)
    assert place.attributes["subdivision"] == "GA-EST"
    if position is None:
        assert "latitude" not in place.attributes
    else:
        assert (place.attributes["latitude"], place.attributes["longitude"]) == pytest.approx(position, abs=0.01)
    assert [row.value for row in found.doubtful] == (["GAZZZ"] if coordinates and position is None else [])


def test_only_who_manages_lists_may_load(tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        load_file(system_actor("cases:read"), path=write(tmp_path, PURPOSES))
