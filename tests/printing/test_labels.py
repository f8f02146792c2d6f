"""Labels as PDF: a code that a scanner reads, at its place on the sheet, for the exhibits that one may see."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from opencen.kernel.errors import Invalid, NotFound
from opencen.printing import labels
from opencen.printing.labels import A4, print_labels, sheets
from opencen.seizures.custody.services import record_custody, take_in
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Any:
    make.country()
    return make.actor("validator", "RDS")


@pytest.fixture
def case(keeper: Any) -> UUID:
    return make.submit_case(make.actor("officer", "RDS")).record_id


def take(keeper: Any, case: UUID, count: int) -> list[Any]:
    given = {"amount": "1", "unit": "kg", "seal": "TN 1"}
    return [take_in(keeper, case_id=case, line="l1", given=given) for _ in range(count)]


def content_of(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Note what the press is given, and give nothing back."""
    given: list[dict[str, Any]] = []

    def note(content: dict[str, Any], pictures: dict[str, bytes], *, form: str) -> bytes:
        given.append(content | {"pictures": pictures, "form": form})
        return b"%PDF-"

    monkeypatch.setattr(labels, "make_pdf", note)
    return given


def pages_in(pdf: bytes) -> int:
    found = re.findall(rb"/Type ?/Page\b", pdf)
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found += re.findall(rb"/Type ?/Page\b", zlib.decompress(part))
    return len(found)


@pytest.mark.parametrize("name", sheets())
def test_every_label_of_a_sheet_lies_on_its_page_and_on_no_other(name: str) -> None:
    sheet = sheets()[name]
    corners = [sheet.corner(place) for place in range(sheet.count)]
    assert len(set(corners)) == sheet.count
    assert all(left > -0.01 and top > -0.01 for left, top in corners)
    right, bottom = max(x for x, _ in corners) + sheet.width, max(y for _, y in corners) + sheet.height
    assert right <= sheet.page[0] + 0.01
    assert bottom <= sheet.page[1] + 0.01
    steps = sorted({left for left, _ in corners})
    assert all(after - before >= sheet.width for before, after in pairwise(steps))


@pytest.mark.parametrize(("sheet", "language", "pages"), [("a4_21", "en", 2), ("roll_62x29", "ar", 22)])
def test_labels_are_set_as_sheets_and_one_by_one(
    keeper: Any, case: UUID, sheet: str, language: str, pages: int
) -> None:
    take(keeper, case, 22)
    name, pdf = print_labels(keeper, case, sheet=sheet, language=language)
    assert pdf.startswith(b"%PDF-")
    assert name.endswith("-labels.pdf")
    assert pages_in(pdf) == pages


def test_a_used_sheet_is_used_again_and_the_rest_stands_on_the_next(
    keeper: Any, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(keeper, case, 3)
    given = content_of(monkeypatch)
    print_labels(keeper, case, sheet="a4_8", skip=7)
    assert [len(page) for page in given[0]["pages"]] == [1, 2]
    sheet = sheets()["a4_8"]
    assert [(row["left"], row["top"]) for page in given[0]["pages"] for row in page] == [
        sheet.corner(7),
        sheet.corner(0),
        sheet.corner(1),
    ]
    assert (given[0]["page_width"], given[0]["page_height"]) == A4


def test_a_label_holds_number_code_case_amount_and_seal_and_no_name(
    keeper: Any, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    (exhibit,) = take(keeper, case, 1)
    sample = record_custody(keeper, exhibit_id=exhibit.id, kind="sampled", given={"amount": "5", "unit": "g"})
    given = content_of(monkeypatch)
    print_labels(keeper, case, exhibit_id=sample.id, language="fr")
    (label,) = given[0]["pages"][0]
    assert (label["number"], label["amount"]) == ("Pièce 1.1", "5\u00a0g")
    assert label["code"].replace("-", "") == sample.label
    assert list(given[0]["pictures"]) == [f"{sample.label}.svg"]
    assert set(label) == {"left", "top", "picture", "number", "code", "reference", "amount", "seal"}


def test_what_was_withdrawn_or_is_not_for_one_gets_no_label(keeper: Any, case: UUID) -> None:
    (exhibit,) = take(keeper, case, 1)
    with pytest.raises(Invalid, match="unknown_sheet"):
        print_labels(keeper, case, sheet="a3")
    with pytest.raises(NotFound):
        print_labels(make.actor("validator", "SFA", covers="SFA"), case)
    began = exhibit.acts.get()
    record_custody(keeper, exhibit_id=exhibit.id, kind="withdrawn", given={"reason": "x"}, corrects=began.id)
    with pytest.raises(NotFound, match=r"labels\.none"):
        print_labels(keeper, case)
