"""The way of a courier as a new user walks it: from the passport line to the printed investigation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.timeout(300)]
Shoot = Callable[[Page, str], None]
PHONE = "+216 98 412 771"
FIRST, SECOND = "MAHDI ZAOUCHINE", "YACINE BENRAHMOUNE"
SOON = f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"


def check_digit(text: str) -> str:
    """Return the digit by which a part of a machine-readable zone proves itself (ICAO Doc 9303)."""
    weights = (7, 3, 1)
    return str(sum(0 if sign == "<" else int(sign, 36) * weights[at % 3] for at, sign in enumerate(text)) % 10)


def passport_lines(state: str, name: str, number: str, birth: str) -> str:
    """Write the two lines of a passport with the digits that fit."""
    parts = [part + check_digit(part) for part in (number.ljust(9, "<"), birth, "310621", "<" * 14)]
    proved = parts[0] + parts[1] + parts[2] + parts[3]
    return f"{f'P<{state}{name}':<<44}\n{parts[0]}{state}{parts[1]}M{parts[2]}{parts[3]}{check_digit(proved)}"


def test_the_way_of_a_courier_from_the_passport_to_the_printed_file(sign_in: SignIn, shoot: Shoot) -> None:
    page = sign_in("investigator")
    cases = references(page, "/cases", r"TN-[A-Z]+-\d{4}-\d{6}")[:2]
    (company, *_more) = references(page, "/companies", r"B-TN-[A-Z]+-\d{4}-\d{6}")
    enter(page, passport_lines("TUN", "ZAOUCHINE<<MAHDI", "K8204417", "880314"), FIRST, "14 Mar 1988", "Tunisia")
    shoot(page, "courier-01-recorded")
    courier = page.url
    for reference, role in ((cases[0], "Involved in"), (cases[1], "Involved in"), (company, "Works for")):
        link(page, reference, role)
    expect(page.locator("#cases tbody tr")).to_have_count(2)
    shoot(page, "courier-02-linked")
    watch(page)
    shoot(page, "courier-03-watched")

    page.goto(f"/cases?q={cases[0]}")
    page.locator("main table a[href^='/cases/']").first.click()
    open_investigation(page)
    give_task_and_link(page, courier)
    shoot(page, "courier-04-investigation")
    investigation = page.url.partition("#")[0]

    keep_an_exhibit(sign_in("validator"), shoot)

    enter(page, passport_lines("DZA", "BENRAHMOUNE<<YACINE", "160882213", "910927"), SECOND, "27 Sept 1991", "Algeria")
    expect(page.locator("#links")).to_contain_text("same phone")
    follow_the_chart(page, courier)
    shoot(page, "courier-07-path")
    answer = page.request.get(f"{investigation}/file.pdf?language=en")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")


def references(page: Page, path: str, shape: str) -> list[str]:
    """Read the references that a list shows."""
    page.goto(path)
    return list(dict.fromkeys(re.findall(rf"\b{shape}", page.locator("main table").inner_text())))


def enter(page: Page, lines: str, name: str, born: str, country: str) -> None:
    """Enter a person from the two lines of a passport; a misread digit is named first."""
    page.goto("/suspects")
    page.keyboard.press("n")
    page.wait_for_url("**/capture/suspect/new")
    zone = page.get_by_label("Machine-readable lines")
    zone.fill(f"{lines[:-1]}{(int(lines[-1]) + 1) % 10}")
    expect(page.locator("#capture")).to_contain_text("fails,")
    zone.fill(lines)
    expect(page.locator("[id^=f-names][id$=--text]")).to_have_value(name)
    expect(page.locator("[id^=f-documents][id$=--number]")).to_have_value(lines.split("\n")[1][:9].rstrip("<"))
    expect(page.locator("[id^=f-births][id$=--date]")).to_have_value(born)
    expect(page.locator("#capture")).to_contain_text(country)
    page.locator("#f-phones").fill(PHONE)
    page.keyboard.press("Enter")
    page.locator("[id^=f-entries][id$=--grounds]").fill("Carried the parcel, as the driver states.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Open the record").or_(page.get_by_role("button", name="Open the record")).click()
    page.wait_for_url(lambda url: "/suspects/" in url)
    expect(page.locator("h1")).to_contain_text(name)


def link(page: Page, reference: str, role: str) -> None:
    """Link another record from the page of a person."""
    panel = page.locator("#links")
    panel.locator("summary", has_text="Link another record").click()
    panel.get_by_label("The other record").fill(reference)
    panel.get_by_role("option", name=reference).click()
    panel.get_by_label("This record").select_option(label=role)
    with page.expect_response(lambda answer: answer.url.endswith("/links/add")):
        panel.get_by_role("button", name="Link", exact=True).click()
    page.wait_for_load_state("networkidle")
    expect(panel).to_contain_text(reference)


def watch(page: Page) -> None:
    """Set a watch entry from the page of a person."""
    page.locator("#watches").get_by_role("link", name="Set").click()
    page.get_by_label("Action wanted").select_option(label="Discreet check: as if by chance")
    page.get_by_label("Until the end of").fill(SOON)
    page.get_by_label("Instructions").fill("Note who meets him.")
    page.get_by_role("button", name="Set the watch entry").click()
    expect(page.locator("main")).to_contain_text("In force")


def open_investigation(page: Page) -> None:
    """Open an investigation from the page of a case."""
    page.get_by_role("link", name="Open an investigation").click()
    page.get_by_label("Title").fill("Couriers on the coast road")
    page.get_by_label("Template").select_option(label="Drugs")
    page.get_by_label("Purpose").fill("Who sends the couriers?")
    page.locator("[name=members]").first.check()
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("h1")).to_contain_text("Couriers on the coast road")


def give_task_and_link(page: Page, courier: str) -> None:
    """Give a task to a member of the team, and take the courier in."""
    page.locator("summary", has_text="Give a task").click()
    page.get_by_label("What is to be done").fill("Ask whose number it is")
    page.locator("#task-who").select_option(index=1)
    page.locator("#task-due").fill(SOON)
    page.get_by_role("button", name="Give the task").click()
    expect(page.locator("#tasks")).to_contain_text("Ask whose number it is")
    page.locator("#link-record").fill(FIRST.split()[1])
    page.locator("#links").get_by_role("option", name=FIRST).click()
    page.locator("#links").get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("#links")).to_contain_text(FIRST)


def keep_an_exhibit(page: Page, shoot: Shoot) -> None:
    """Take an exhibit in from the page of a case, then move it."""
    page.goto("/cases")
    page.locator("main table a[href^='/cases/']").first.click()
    page.get_by_role("link", name="Take an exhibit in").click()
    page.locator("#take-line").select_option(index=1)
    page.get_by_label("Weight or quantity").fill("1")
    page.locator("#take-unit").select_option(label="Piece")
    page.get_by_label("Seal number").fill("TN 99812")
    page.get_by_label("Store and place").fill("Store A, cage 1")
    page.get_by_role("button", name="Take in").click()
    page.locator("main table a[href^='/custody/']").last.click()
    page.locator("summary", has_text="Moved").click()
    page.locator("#moved-place").fill("Store A, cage 7")
    page.get_by_role("button", name="Moved").click()
    expect(page.get_by_label("Present state")).to_contain_text("Store A, cage 7")
    shoot(page, "courier-05-exhibit")


def follow_the_chart(page: Page, courier: str) -> None:
    """Go from the first courier by the telephone to the second, and ask for the way back."""
    page.goto(courier)
    page.locator("h1").wait_for()
    page.keyboard.press("g")
    side = page.locator("[data-part=side]")
    side.get_by_role("button", name=PHONE, exact=True).click()
    side.get_by_role("button", name=SECOND, exact=True).click()
    expect(side).to_contain_text(SECOND)
    page.keyboard.press("p")
    page.locator("[data-part=canvas]").focus()
    walk = random.Random(4)
    for _ in range(200):
        if FIRST in side.inner_text().partition("Expand")[0]:
            break
        page.keyboard.press(walk.choice(["ArrowUp", "ArrowRight", "ArrowLeft", "ArrowDown"]))
    page.keyboard.press("Enter")
    way = page.locator("[data-part=path]")
    expect(way).to_contain_text(f"{SECOND} – {PHONE} – {FIRST}")
