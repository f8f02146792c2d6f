"""Sums that others publish are kept as a source of their own, and never counted among cases."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from django.test import Client

from opencen.accounts.models import User
from opencen.formats import services
from opencen.formats.models import StatisticsFigure, StatisticsSource
from opencen.formats.queries import totals_of
from opencen.formats.reading import open_sheet
from opencen.formats.statistics.queries import list_sources, sum_figures
from opencen.formats.statistics.recognising import read_sum, recognise_statistics
from opencen.formats.statistics.services import keep_statistics, withdraw_statistics
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.records.models import Record
from tests import make
from tests.formats import importing
from tests.formats.test_imports import CSV

pytestmark = pytest.mark.django_db

FILE = "seizures/us_cbp_nationwide_drugs_fy23_fy26apr.csv"
MONTHLY = (
    "Year,Month,Office,Drug,Number of cases,Weight (kg)\n2021,JAN,North,Cocaine,3,12.5\n2021,FEB,South,Heroin,1,0.5\n"
)


def upload(actor, text, name="sums.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return services.upload_file(actor, content=content, name=name)


def plan_of(text):
    return recognise_statistics(open_sheet(upload(make.actor("officer"), text).sha256))


def test_a_table_of_sums_is_recognised_and_a_register_is_not():
    plan = plan_of(MONTHLY)
    assert [(m.kind, m.unit) for m in plan.measures] == [("cases", ""), ("quantity", "kg")]
    assert (plan.year, plan.month, plan.commodity, plan.further) == (0, 1, 3, (2,))
    assert plan_of(CSV) is None
    assert plan_of("Number;Year;Goods;Quantity\nA1;2021;Cocaine;2\nA2;2021;Heroin;1\n") is None
    assert plan_of("Date;Goods;Quantity\n2021-01-02;Cocaine;2\n2021-02-03;Heroin;1\n") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234", "1234"), ("1 234.5", "1234.5"), ("4.4e-05", "0.000044"), ("", None), ("n/a", None), ("-3", None)],
)
def test_a_sum_is_read_as_statistics_write_it(text, value):
    found = read_sum(text)
    assert found == (Decimal(value) if value else None)


def test_fiscal_years_become_calendar_months_only_where_their_first_month_is_known():
    actor = make.actor("officer")
    closed = "FY,Month,Drug,Count of events\n2025,OCT,Cocaine,3\n2025,SEP,Heroin,1\n"
    batch = upload(actor, closed)
    with pytest.raises(Invalid, match=r"statistics\.first_month"):
        keep_statistics(actor, batch_id=batch.id)
    keep_statistics(actor, batch_id=batch.id, first_month=10)
    assert set(StatisticsFigure.objects.values_list("period", flat=True)) == {"2024-10", "2025-09"}
    open_year = "FY,Month,Drug,Count of events\n2026 (FYTD),OCT,Cocaine,3\n2026 (FYTD),NOV,Heroin,1\n"
    assert (plan_of(open_year).first_month, plan_of(open_year).asks_first_month) == (10, False)


def test_the_published_file_is_kept_to_the_last_row_and_makes_no_case(shared_data):
    actor = make.actor("national_contact_point", "HQ")
    content = (shared_data / FILE).read_bytes()
    batch = keep_statistics(actor, batch_id=upload(actor, content).id, title="CBP drugs", country="US")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert importing.outcomes(batch) == {"stored": len(rows)} == {"stored": 8673}
    assert Record.objects.count() == 0
    (source,) = list_sources(actor)
    assert (source["first_period"], source["last_period"]) == ("2022-10", "2026-04")
    assert source["measures"] == [("cases", ""), ("quantity", "lb")]
    cases = sum_figures(actor, source_id=source["id"], measure="cases", by=())
    assert cases == [{"value": sum(Decimal(row["Count of Event"]) for row in rows)}]
    weights = {
        f["Region"]: f["value"] for f in sum_figures(actor, source_id=source["id"], measure="quantity", by=("Region",))
    }
    for region, found in weights.items():
        assert found == sum(Decimal(row["Sum Qty (lbs)"]) for row in rows if row["Region"] == region)
    october = [f for f in sum_figures(actor, source_id=source["id"], measure="cases") if f["period"] == "2022-10"]
    assert october[0]["value"] == sum(
        Decimal(row["Count of Event"]) for row in rows if (row["FY"], row["Month (abbv)"]) == ("2023", "OCT")
    )


def test_the_same_statistics_again_change_nothing_and_newer_ones_take_their_place():
    actor = make.actor("officer")
    keep_statistics(actor, batch_id=upload(actor, MONTHLY).id, title="Sums")
    again = keep_statistics(actor, batch_id=upload(actor, MONTHLY).id, title="Sums")
    assert importing.outcomes(again) == {"unchanged": 2}
    newer = keep_statistics(actor, batch_id=upload(actor, MONTHLY.replace("12.5", "13")).id, title="Sums")
    (source,) = list_sources(actor)
    assert sum_figures(actor, source_id=source["id"], measure="quantity", by=()) == [{"value": Decimal("13.5")}]
    with pytest.raises(Conflict):
        keep_statistics(actor, batch_id=newer.id)
    assert withdraw_statistics(actor, batch_id=newer.id) == 4
    assert list_sources(actor) == []


def test_a_row_that_cannot_be_read_is_refused_and_counted():
    actor = make.actor("officer")
    text = MONTHLY + "later,MAR,North,Cocaine,1,2\n" + "".join(f"2021,MAR,O{n},Cocaine,1,{n}\n" for n in range(60))
    text += "2021,APR,North,Cocaine,many,2\n"
    with pytest.raises(Invalid, match=r"statistics\.none"):
        keep_statistics(actor, batch_id=upload(actor, text).id)
    text = text.replace("later,MAR", "2021,MAR")
    batch = keep_statistics(actor, batch_id=upload(actor, text).id)
    assert importing.outcomes(batch) == {"stored": 63, "refused": 1}
    assert importing.findings(batch, "number.not_a_number").keys() == {65}
    assert totals_of(batch).rows == 64


def test_statistics_exist_for_those_who_see_their_office_and_for_nobody_else():
    officer, stranger, auditor = make.actor("officer"), make.actor("officer", "SFA"), make.actor("auditor", "HQ")
    keep_statistics(officer, batch_id=upload(officer, MONTHLY).id)
    source = StatisticsSource.objects.get()
    assert list_sources(stranger) == []
    with pytest.raises(NotFound):
        sum_figures(stranger, source_id=source.id, measure="cases")
    if not auditor.may("analysis:read"):
        with pytest.raises(Forbidden):
            list_sources(auditor)
    assert len(list_sources(make.actor("validator", "DTN"))) == 1


def signed_in(role, at):
    client = Client()
    client.force_login(User.objects.get(pk=make.user(role, at).pk), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_list_sources_show_their_sums_and_remove_them(client):
    officer = make.actor("officer")
    keep_statistics(officer, batch_id=upload(officer, MONTHLY).id, title="Sums of 2021")
    (source,) = list_sources(officer)
    client = signed_in("officer", "RDS")
    assert "Sums of 2021" in client.get("/import/statistics").content.decode()
    for by, shown in (("period", "2021-02"), ("commodity", "Heroin"), ("Office", "South"), ("year", "2021")):
        page = client.get(f"/import/statistics/{source['id']}?measure=quantity:kg&by={by}").content.decode()
        assert shown in page
    assert signed_in("officer", "SFA").get(f"/import/statistics/{source['id']}").status_code == 404
    client.post(f"/import/statistics/{source['id']}/remove")
    assert list_sources(officer) == []


def test_the_api_lists_adds_up_and_removes_statistics():
    officer = make.actor("officer")
    batch = upload(officer, MONTHLY)
    client = signed_in("officer", "RDS")
    kept = client.post(f"/api/v1/imports/{batch.id}/statistics", {"title": "Sums"}, content_type="application/json")
    assert (kept.status_code, kept.json()["state"]) == (200, "done")
    (source,) = client.get("/api/v1/imports/statistics").json()
    assert source["measures"] == [["cases", ""], ["quantity", "kg"]]
    sums = client.get(f"/api/v1/imports/statistics/{source['id']}?measure=quantity&unit=kg&by=Office").json()
    assert sums == [{"member": "North", "value": "12.5"}, {"member": "South", "value": "0.5"}]
    assert client.get(f"/api/v1/imports/statistics/{source['id']}?measure=cases&by=colour").status_code == 404
    assert client.delete(f"/api/v1/imports/statistics/{source['id']}").json() == {"removed": 4}
    assert client.get("/api/v1/imports/statistics").json() == []
