"""A suspect through the one door: name apart, listed by it, doubted where dates differ, erased everywhere."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from django.conf import settings

from opencen.accounts.models import User
from opencen.api.shapes import finding_json
from opencen.formats.listing.columns import listed
from opencen.kernel.errors import Conflict, Forbidden, NotFound
from opencen.log.sealer import seal_all
from opencen.log.verify import verify_log
from opencen.records.derived import DERIVED, catch_up, rebuild
from opencen.records.erasing_whole import erase_record
from opencen.records.intake import submit
from opencen.records.media import store_media
from opencen.records.models import Record
from opencen.records.queries import list_revisions
from opencen.records.rebuilding import rebuild_projection
from opencen.records.review import return_record, validate_record
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.titles import record_title
from opencen.seizures.queries.subjects import get_subject
from tests import make
from tests.records.test_erasure import database_text, home_bytes, photo

pytestmark = pytest.mark.django_db


def found_of(actor, document, type="suspect"):
    """Return the codes of the findings of a submission."""
    return {found.code for found in submit(actor, make.submission(document, type)).findings}


def test_a_suspect_is_called_by_its_name_which_stands_apart():
    receipt = make.submit_subject(make.actor())
    record = Record.objects.get(pk=receipt.record_id)
    assert record_title(record, "en") == "Sami Ouerdani"
    assert "Ouerdani" not in record.summary
    assert orjson.loads(record.nominal_summary)["other"] == "سامي الورداني"
    assert receipt.reference.startswith("S-XX-RDS-")
    assert listed(record).summary["name"] == "Sami Ouerdani"


@pytest.mark.parametrize(
    "text", ["ouerdani", "Ouerdny", "سامي", "T4471180", "+216 71555018", "name:Sami", "document:T4471180"]
)
def test_a_suspect_is_found_by_any_of_its_names_and_numbers(text):
    officer = make.actor()
    receipt = make.submit_subject(officer)
    found = search(officer, SearchRequest(type="suspect", text=text))
    assert found.ids == [receipt.record_id]


def test_a_list_counts_nationalities_standing_and_warnings():
    officer = make.actor()
    make.submit_subject(officer)
    make.submit_subject(officer, nationalities=["FR", "TN"], documents=None, standing="cleared")
    facets = search(officer, SearchRequest(type="suspect", facets=("nationality", "kind", "flags"))).facets
    assert dict(facets["nationality"]) == {"TN": 2, "FR": 1}
    assert dict(facets["kind"]) == {"suspected": 1, "cleared": 1}
    only = SearchRequest(type="suspect", filters={"nationality": ["FR"]})
    assert search(officer, only).total == 1


@pytest.mark.parametrize(
    ("dates", "is_doubted"),
    [
        (["1987-04-12", "1979-01-01"], True),
        (["1987-04-12", "1987"], False),
        (["1987", "1988"], True),
        (["1987-04-12"], False),
    ],
)
def test_two_dates_of_birth_are_both_kept_and_doubted(dates, is_doubted):
    births = [{"id": f"b{n}", "date": date} for n, date in enumerate(dates)]
    document = make.suspect_document(births=births)
    assert ("birth.differs" in found_of(make.actor(), document)) == is_doubted
    if is_doubted:
        reasons = {"birth.differs": "The second is of the police."}
        receipt = make.taken(submit(make.actor(), make.submission(document, "suspect", reasons=reasons)))
        assert orjson.loads(Record.objects.get(pk=receipt.record_id).nominal_summary)["births"] == dates


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"phones": ["12"]}, "phone.unreadable"),
        (
            {"accounts": [{"id": "a", "kind": "bank", "number": "TN59 1000 6035 1835 9847 8832"}]},
            "account.check_digits",
        ),
        (
            {"documents": [{"id": "d", "kind": "tax_number", "number": "390.533.447-06", "country": "BR"}]},
            "document.check_digits",
        ),
        ({"review_on": "2030-01-01", "expires_on": "2029"}, "kept.review_after_end"),
        ({"review_on": None}, "kept.review_missing"),
        ({"entries": [{"id": "e", "on": "2999"}]}, "entry.future"),
        ({"photos": [{"id": "m", "sha256": "0" * 64}]}, "photo.unknown"),
        ({"associates": [{"id": "a", "role": "contact", "record": "nobody"}]}, "record.link_unknown"),
        ({"names": None}, "field.missing"),
        ({"standing": "guilty"}, "code.unknown"),
    ],
)
def test_bad_statements_of_a_suspect_are_named(changes, code):
    assert code in found_of(make.actor(), make.suspect_document(**changes))


ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (ZONE, "", {}),
        (ZONE.replace("740812", "740B12"), "zone.misread", {"line": 2, "found": "B"}),
        (ZONE.replace("740812", "740813"), "zone.check_digit", {"line": 2, "expected": "3", "found": "2"}),
        (ZONE[:60], "zone.length", {"found": 59}),
        ("P<X", "zone.length", {"found": 3}),
        (ZONE.replace("ANNA", "ANNÄ"), "zone.sign", {"found": "Ä"}),
    ],
)
def test_what_is_wrong_with_a_passport_line_is_named(lines, code, said):
    document = make.suspect_document(documents=[{"id": "d1", "mrz": lines}])
    found = [one for one in submit(make.actor(), make.submission(document, "suspect")).findings if "mrz" in one.path]
    assert [one.code for one in found] == [code] * bool(code)
    assert all(found[0].data[name] == value for name, value in said.items())


def test_a_misread_passport_line_is_offered_as_it_may_have_been():
    document = make.suspect_document(documents=[{"id": "d1", "mrz": ZONE.replace("740812", "740B12")}])
    found = submit(make.actor(), make.submission(document, "suspect")).findings
    doubt = next(one for one in found if one.code == "zone.misread")
    assert any("740812" in patch for offer in doubt.suggestions for patch in offer.patch.values())


def test_a_misread_passport_line_is_named_by_the_label_of_the_person():
    document = make.suspect_document(documents=[{"id": "d1", "mrz": ZONE.replace("740812", "740813")}])
    (found,) = [
        one for one in submit(make.actor(), make.submission(document, "suspect")).findings if one.level == "warning"
    ]
    message = finding_json(found, "en", "suspect")["message"]
    assert "the check digit of “Date of birth” fails, 2 was read. For what stands there it would be 3;" in message
    assert found.suggestions


@pytest.mark.parametrize(
    ("zone", "part"),
    [(f"{ZONE[:-1]}1", "Whole zone"), (f"{ZONE[:-2]}{(int(ZONE[-2]) + 1) % 10}{ZONE[-1]}", "Personal number")],
)
def test_a_digit_that_proves_no_field_of_the_form_is_named_by_what_it_proves(zone, part):
    document = make.suspect_document(documents=[{"id": "d1", "mrz": zone}])
    (found,) = [
        one for one in submit(make.actor(), make.submission(document, "suspect")).findings if one.level == "warning"
    ]
    assert f"the check digit of “{part}” fails" in finding_json(found, "en", "suspect")["message"]


@pytest.mark.parametrize(
    "document",
    [
        {"id": "d", "kind": "tax_number", "number": "390.533.447-05", "country": "BR"},
        {"id": "d", "kind": "tax_number", "number": "anything", "country": "TD"},
        {"id": "d", "kind": "tax_number", "number": "390.533.447-06"},
        {"id": "d", "kind": "passport", "number": "390.533.447-06", "country": "BR"},
    ],
)
def test_a_number_without_a_rule_of_its_country_or_with_a_right_digit_is_taken(document):
    assert found_of(make.actor(), make.suspect_document(documents=[document])) == set()


def test_a_good_statement_finds_nothing():
    assert found_of(make.actor(), make.suspect_document()) == set()


def test_a_document_of_another_record_is_named_only_to_who_may_see_it():
    make.submit_subject(make.actor("officer", "RDS"))
    again = make.suspect_document(office=None)
    assert "document.known_suspect" in found_of(make.actor("officer", "RDS"), again)
    assert "document.known_suspect" not in found_of(make.actor("officer", "SFA"), again)


def test_a_second_person_validates_and_the_first_may_not():
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    receipt = make.submit_subject(officer)
    with pytest.raises(Forbidden):
        validate_record(officer, record_id=receipt.record_id, revision=1)
    assert validate_record(validator, record_id=receipt.record_id, revision=1).state == "validated"


def test_whoever_may_validate_cases_alone_validates_no_suspect():
    receipt = make.submit_subject(make.actor())
    validator = make.actor("validator", "DTN")
    fewer = make.actor("validator", "DTN", permissions=validator.permissions - {"suspect:validate"})
    with pytest.raises(Forbidden):
        validate_record(fewer, record_id=receipt.record_id, revision=1)


TRACES = ("Quixworthy", "quixworthy", "X1234567Z", "20555143", "grey coat", "Wolverine")


def test_a_suspect_erased_is_nowhere_and_the_chain_still_verifies(django_capture_on_commit_callbacks):
    officer, legal = make.actor("officer", "RDS"), make.actor("legal")
    face = store_media(officer, content=photo("green"), filename="a.jpg").sha256
    stated = {
        "names": [{"id": "n1", "text": "Zebulon Quixworthy"}, {"id": "n2", "text": "Wolverine", "type": "alias"}],
        "documents": [{"id": "d1", "number": "X1234567Z"}],
        "phones": ["+216 20 555 143", "+216 71 555 018"],
        "entries": [{"id": "e1", "grounds": "Wears a grey coat."}],
        "photos": [{"id": "m1", "sha256": face, "caption": "Zebulon Quixworthy at the gate"}],
    }
    receipt = make.submit_subject(officer, **stated)
    reviewer = make.actor("validator", "DTN")
    return_record(reviewer, record_id=receipt.record_id, revision=1, reasons={"names": "Is Quixworthy his name?"})
    amended = make.suspect_document(**stated, occupation="Driver")
    make.amend_case(officer, receipt.record_id, 1, amended, type="suspect")
    seal_all()
    for store in DERIVED:
        rebuild(store)
    assert all(trace in database_text() for trace in ("Quixworthy", "X1234567Z", "grey coat"))

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_record(legal, record_id=receipt.record_id, basis="court order 12/2026") == 2
    seal_all()
    for store in DERIVED:
        catch_up(store)

    after, files = database_text(), home_bytes()
    for trace in TRACES:
        assert trace not in after, trace
        assert trace.encode() not in files, trace
    assert not list(Path(settings.HOME.path).rglob(f"*{face[4:]}*")), "original, thumbnail and copies are gone"
    record = Record.objects.get(pk=receipt.record_id)
    assert (record.state, record.nominal_summary) == ("cancelled", "{}")
    before = (record.summary, record.nominal_summary, record.state)
    assert search(officer, SearchRequest(type="suspect", text="Quixworthy")).total == 0
    assert verify_log().problems == []
    rebuild_projection()
    record.refresh_from_db()
    assert (record.summary, record.nominal_summary, record.state) == before


def test_only_whoever_holds_the_right_erases_and_only_a_record_about_somebody():
    officer, legal = make.actor("officer", "RDS"), make.actor("legal")
    receipt = make.submit_subject(officer)
    with pytest.raises(Forbidden):
        erase_record(officer, record_id=receipt.record_id, basis="x")
    case = make.submit_case(officer)
    with pytest.raises(Conflict):
        erase_record(legal, record_id=case.record_id, basis="x")
    with pytest.raises(NotFound):
        erase_record(make.actor("legal", "SFA", covers="SFA"), record_id=receipt.record_id, basis="x")


def test_a_programme_reads_searches_and_erases_a_suspect_like_a_case(client):
    officer, legal = make.actor("officer", "RDS"), make.actor("legal")
    receipt = make.submit_subject(officer)
    address = f"/api/v1/records/suspect/{receipt.record_id}"
    client.force_login(User.objects.get(pk=legal.id), "django.contrib.auth.backends.ModelBackend")
    found = client.get("/api/v1/records/suspect?q=ouerdani").json()
    assert [row["title"] for row in found["rows"]] == ["Sami Ouerdani"]
    assert client.get(address).json()["document"]["sex"] == "male"
    assert len(client.get(f"{address}/revisions").json()) == 1
    answer = client.post(f"{address}/erasure", {"basis": "court order"}, content_type="application/json")
    assert answer.json()["revisions_changed"] == 1, answer.content
    assert client.get("/api/v1/records/suspect?q=ouerdani").json()["rows"] == []
    case = make.submit_case(officer)
    refused = client.post(
        f"/api/v1/records/case/{case.record_id}/erasure", {"basis": "x"}, content_type="application/json"
    )
    assert refused.status_code == 404


def test_a_finding_of_a_record_one_may_not_see_is_not_told_to_its_later_readers():
    make.submit_subject(make.actor("officer", "SFA"), office="SFA")
    country, reader = make.actor("validator", "HQ", covers="HQ"), make.actor("officer", "RDS")
    reasons = {"document.known_suspect": "Two persons use it"}
    given = make.submission(make.DOCUMENTS["suspect"](office="RDS"), "suspect", reasons=reasons)
    record_id = make.taken(submit(country, given)).record_id
    assert "document.known_suspect" in [found.code for found in get_subject(country, "suspect", record_id).findings]
    assert get_subject(reader, "suspect", record_id).findings == ()
    for actor in (country, reader):
        assert list_revisions(actor, "suspect", record_id)[0]["warnings"] == []


def test_two_dates_of_birth_are_told_to_a_program_as_they_were_stated():
    births = [{"id": "b1", "date": "1988-03-14"}, {"id": "b2", "date": "1986"}]
    receipt = submit(make.actor(), make.submission(make.suspect_document(births=births), "suspect"))
    (found,) = [one for one in receipt.findings if one.code == "birth.differs"]
    assert finding_json(found, "en", "suspect")["data"] == {"first": "1988-03-14", "second": "1986"}
