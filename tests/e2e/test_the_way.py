"""The way of one seizure as new users walk it: officer, validator, National Contact Point, hub, and back with a receipt."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.entry import open_short_form, submit, type_short_case

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.timeout(900)]
Shoot = Callable[[Page, str], None]
YEAR = datetime.now(UTC).year


def count_cases(page: Page) -> int:
    """Read the number of cases from the dashboard."""
    page.goto(f"/analysis?from={YEAR}-01&until={YEAR}-12")
    tile = page.locator(".tile", has_text="Cases").first
    return int(re.sub(r"\D", "", tile.locator(".tile-value").inner_text()))


def test_the_way_of_a_seizure_from_the_officer_to_the_hub(sign_in: SignIn, shoot: Shoot) -> None:
    officer = sign_in("officer")
    shoot(officer, "way-01-home")
    yesterday = datetime.now(UTC) - timedelta(days=1)

    open_short_form(officer)
    type_short_case(officer, found=f"{yesterday:%d/%m/%Y} 06:20", quantity="41.7")
    shoot(officer, "way-02-entry")
    case = submit(officer)
    expect(officer.locator("h1")).to_contain_text("Cocaine hydrochloride, 41.7 kg")
    expect(officer.locator("main")).to_contain_text("Submitted")
    expect(officer.locator("main")).to_contain_text("Guayaquil")
    shoot(officer, "way-03-recorded")

    validator = sign_in("validator")
    before = count_cases(validator)
    return_with_a_reason(validator, case)
    shoot(validator, "way-04-returned")

    fix_quantity(officer, case, shoot)
    validate(validator, case)
    shoot(validator, "way-07-validated")
    assert wait_for_count(validator, before + 1) == before + 1
    shoot(validator, "way-08-dashboard")

    hub = sign_in("hub")
    held = count_cases(hub)
    contact = sign_in("contact")
    send(contact, case)
    shoot(contact, "way-09-sent")
    wait_for_text(contact, f"/cases/{case}", "accepted")
    expect(contact.locator("main")).to_contain_text("signature verified")
    shoot(contact, "way-10-receipt")

    hub.goto(f"/cases/{case}")
    expect(hub.locator("h1")).to_contain_text("Cocaine hydrochloride, 40.2 kg")
    assert "Ghariani" not in hub.content()
    shoot(hub, "way-11-hub")
    assert wait_for_count(hub, held + 1) == held + 1

    amend_and_send(officer, validator, contact, case, shoot)
    wait_for_text(hub, f"/cases/{case}", "39.9")
    shoot(hub, "way-15-hub-corrected")
    assert count_cases(hub) == held + 1

    decide_a_flagged_name(contact, hub, shoot)


def decide_a_flagged_name(contact: Page, hub: Page, shoot: Shoot) -> None:
    """Let a narrative go with the name in it replaced: before the decision nothing goes, after it no name does."""
    contact.goto("/cases?q=fan+panel")
    link = contact.locator("main a[href^='/cases/']", has_text="78.17").first
    case = (link.get_attribute("href") or "").partition("?")[0].rpartition("/")[2]
    contact.goto(f"/cases/{case}/release")
    name = contact.locator("mark.flag").first.inner_text()
    contact.locator("input[name=narrative][value=goes]").check()
    expect(contact.locator("button[value=send]")).to_be_disabled()
    contact.locator("input[name^='span.'][value=replace]").first.check()
    expect(contact.locator("button[value=send]")).to_be_enabled()
    shoot(contact, "way-16-name-decided")
    contact.locator("button[value=send]").click()
    contact.wait_for_url(lambda url: "/release" not in url)
    wait_for_text(hub, f"/cases/{case}", "[name]")
    assert name not in hub.content()
    shoot(hub, "way-17-hub-without-the-name")


def fix_quantity(officer: Page, case: str, shoot: Shoot) -> None:
    """Find the returned case on the home page, read the reason at its field and submit it fixed."""
    officer.goto("/")
    returned = officer.locator("tr, li, .list-row, section div", has_text="Net or gross?").first
    expect(returned).to_be_visible()
    shoot(officer, "way-05-home-returned")
    officer.goto(f"/capture/case/{case}")
    officer.wait_for_selector(".cap-short, .cap-full")
    expect(officer.locator("#capture")).to_contain_text("Net or gross?")
    quantity = officer.locator("[id$='--quantity']").first
    quantity.fill("40.2")
    shoot(officer, "way-06-fixed")
    submit(officer)


def return_with_a_reason(page: Page, case: str) -> None:
    """Return a case with a reason at its quantity."""
    page.goto(f"/review?case={case}")
    page.locator("#why-path").select_option(label="Line 1: quantity")
    page.locator("#why-text").fill("Net or gross? The scale shows 40.2.")
    page.locator("button[value=return]").click()
    page.wait_for_load_state()
    page.goto(f"/cases/{case}")
    expect(page.locator("main")).to_contain_text("Returned")


def validate(page: Page, case: str) -> None:
    """Validate a case after looking at it."""
    page.goto(f"/review?case={case}")
    expect(page.locator("#decide")).to_be_visible()
    page.locator("button[value=validate]").click()
    page.wait_for_load_state()
    page.goto(f"/cases/{case}")
    expect(page.locator("main")).to_contain_text("Validated")


def send(page: Page, case: str) -> None:
    """Look at the preview, then let it go by one click."""
    page.goto(f"/cases/{case}/release")
    expect(page.locator("main")).to_contain_text("Goes to the hub")
    page.locator("button[value=send]").click()
    page.wait_for_url(lambda url: "/release" not in url)


def amend_and_send(officer: Page, validator: Page, contact: Page, case: str, shoot: Shoot) -> None:
    """Amend what the hub holds: the correction waits, is validated, and goes."""
    officer.goto(f"/capture/case/{case}")
    officer.wait_for_selector(".cap-short, .cap-full")
    officer.locator("[id$='--quantity']").first.fill("39.9")
    submit(officer)
    expect(officer.locator("main")).to_contain_text("Amended")
    validate(validator, case)
    contact.goto(f"/cases/{case}")
    expect(contact.locator("main")).to_contain_text("newer than what they hold")
    shoot(contact, "way-12-correction-waits")
    contact.goto(f"/cases/{case}/release")
    expect(contact.locator("button[value=send]")).to_contain_text("Send the correction")
    shoot(contact, "way-13-preview")
    send(contact, case)
    shoot(contact, "way-14-correction-sent")


def wait_for_count(page: Page, wanted: int) -> int:
    """Wait until the figures have caught up with the log."""
    for _ in range(30):
        found = count_cases(page)
        if found == wanted:
            return found
        page.wait_for_timeout(1000)
    return found


def wait_for_text(page: Page, path: str, text: str) -> None:
    """Open a page again and again until it shows a text."""
    for _ in range(60):
        page.goto(path)
        if text in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1000)
    pytest.fail(f"{path} does not show {text!r}")
