"""The official forms: a PDF/A under the letterhead, in a language of choice, of what the reader may see and no more."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from opencen.kernel.errors import Invalid, NotFound
from opencen.printing import case_forms
from opencen.printing.case_forms import FORMS, print_case
from opencen.printing.making import PressFailed, make_pdf
from opencen.records.media import store_media
from tests import make

pytestmark = pytest.mark.django_db

PLAIN = {
    "language": "en", "rtl": False, "administration": "A", "office": "B", "reference": "C", "reference_label": "D",
    "title": "E", "subtitle": "F", "state": "G", "printed": "H", "page": "{page}/{pages}", "blocks": [],
}  # fmt: skip
LANGUAGES = ("en", "fr", "es", "ar", "pt")


def fonts_of(pdf: bytes) -> set[bytes]:
    """Return the names of the fonts that travel with a PDF, out of its compressed parts."""
    found: set[bytes] = set()
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found |= set(re.findall(rb"/FontName ?/\w+\+([\w-]+)", zlib.decompress(part)))
    return found | set(re.findall(rb"/FontName ?/\w+\+([\w-]+)", pdf))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_set_in_every_language(form: str, language: str) -> None:
    make.country()
    officer = make.actor("officer", "RDS")
    receipt = make.taken(make.submit_case(officer))
    name, pdf = print_case(officer, receipt.record_id, form=form, language=language)
    assert pdf.startswith(b"%PDF-")
    assert b"pdfaid" in pdf
    assert name.endswith(f"-{form}-{language}.pdf")
    fonts = fonts_of(pdf)
    assert fonts, "the fonts travel with the form"
    assert all(font.startswith(b"OpenCEN") for font in fonts), fonts
    assert (b"Arabic" in b" ".join(fonts)) == (language == "ar")


def content_of(monkeypatch: pytest.MonkeyPatch, form: str, **stated: Any) -> dict[str, Any]:
    """Return what would be set of a case that states so much."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(case_forms, "make_pdf", lambda content, pictures: kept.update(content) or b"")
    make.country()
    officer = make.actor("officer", "RDS")
    print_case(officer, make.taken(make.submit_case(officer, **stated)).record_id, form=form)
    return kept


@pytest.mark.parametrize("form", FORMS)
def test_a_form_names_what_was_weighed_gross_and_what_net(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    assessment = {
        "id": "s1",
        "stage": "laboratory",
        "quantity": "78.17",
        "unit": "kg",
        "basis": "net",
        "certificate": "L",
    }
    weighed = make.line(id="a", quantity="86.42", unit="kg", basis="gross", assessments=[assessment])
    silent = make.line(id="b", quantity="2", unit="kg", basis=None)
    content = content_of(monkeypatch, form, lines=[weighed, silent])
    goods = next(block for block in content["blocks"] if block["kind"] == "table")
    assert goods["rows"][0][2].replace("\xa0", " ").split("\n") == [
        "86.42 kg",
        "Gross, As stated",
        "78.17 kg",
        "Net, Laboratory",
    ]
    assert goods["rows"][1][2].replace("\xa0", " ").split("\n") == ["2 kg", "gross or net not stated"]
    assert goods["numbers"][:3] == [True, False, True]


def test_names_in_cyrillic_chinese_japanese_and_korean_are_set_in_the_products_own_fonts() -> None:
    make.country()
    officer = make.actor("officer", "RDS")
    receipt = make.taken(make.submit_case(officer, narrative="Владимир Иванов, 王小明, 山田太郎, 김정은, Ελένη"))
    _, pdf = print_case(officer, receipt.record_id, form="report")
    assert b"OpenCENEastAsian-Regular" in fonts_of(pdf)


def test_the_administrations_crest_stands_in_the_letterhead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, path=tmp_path))
    assert case_forms.find_crest() == ("", {})
    (tmp_path / "crest.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    name, files = case_forms.find_crest()
    assert name == "crest.svg"
    assert make_pdf(PLAIN | {"crest": name}, files).startswith(b"%PDF-")
    assert make_pdf(PLAIN).startswith(b"%PDF-"), "who hands in no crest needs none"


def test_the_report_shows_the_photos_without_their_metadata() -> None:
    make.country()
    officer = make.actor("officer", "RDS")
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "JPEG", exif=b"Exif\0\0secret-place")
    info = store_media(officer, content=picture.getvalue(), filename="scale.jpg")
    media = [{"id": "m1", "sha256": info.sha256, "kind": "photo", "caption": "On the scale"}]
    receipt = make.taken(make.submit_case(officer, media=media))
    _, pdf = print_case(officer, receipt.record_id, form="report")
    assert b"/DCTDecode" in pdf
    assert b"secret-place" not in pdf
    _, inventory = print_case(officer, receipt.record_id, form="inventory")
    assert b"/DCTDecode" not in inventory


def test_a_case_of_another_office_is_not_printed() -> None:
    make.country()
    receipt = make.taken(make.submit_case(make.actor("officer", "RDS")))
    with pytest.raises(NotFound):
        print_case(make.actor("officer", "SFA"), receipt.record_id, form="report")


def test_an_unknown_form_or_language_is_refused() -> None:
    make.country()
    officer = make.actor("officer", "RDS")
    receipt = make.taken(make.submit_case(officer))
    with pytest.raises(NotFound):
        print_case(officer, receipt.record_id, form="poster")
    with pytest.raises(Invalid):
        print_case(officer, receipt.record_id, form="report", language="xx")


def test_what_somebody_typed_is_never_run_by_the_typesetter() -> None:
    make.country()
    officer = make.actor("officer", "RDS")
    receipt = make.taken(make.submit_case(officer, narrative='#read("/etc/passwd") $x$ #panic() *bold* \\ @nobody'))
    _, pdf = print_case(officer, receipt.record_id, form="report")
    assert pdf.startswith(b"%PDF-")


def test_a_form_that_cannot_be_set_is_an_error_with_a_code() -> None:
    with pytest.raises(PressFailed) as refused:
        make_pdf({})
    assert refused.value.code == "print.failed"


def test_the_web_process_never_loads_the_typesetter() -> None:
    script = "import sys, django; django.setup(); import opencen.config.urls; sys.exit('typst' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    assert subprocess.run([sys.executable, "-c", script], env=environment).returncode == 0
