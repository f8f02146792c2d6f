"""No page says a word that no language could translate: read in the pseudo language, only what people entered is left."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import trans_real
from pytest_django import DjangoDbBlocker
from script import catalogues

from opencen.accounts.models import Grant, Office, User
from opencen.analysis.published import PUBLISHED
from opencen.codelists.lists import Code, CodeList
from opencen.kernel.languages import PSEUDO
from opencen.log.stamps import drop_caches
from opencen.records.models import Record, Revision
from tests.architecture import rows_pages
from tests.architecture.entrances import PEOPLE, SECRETS, World, make_world
from tests.architecture.table import Row

pytestmark = pytest.mark.django_db

SPOKEN = {"alt", "aria-label", "aria-roledescription", "label", "placeholder", "title", "data-title", "data-label"}
SILENT = {"script", "style", "svg", "code", "kbd"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "use", "wbr"}
# What only machines and builders read: identifiers, addresses, the page of parts with its invented content.
MACHINES = {"mono", "identifier", "print-address"}
BUILDERS = {"/components"}
TURNED = re.compile("\u200f?\u202e[^\u202c]*\u202c\u200f?")
# A date comes whole from the tables of the reader's language.
DATED = re.compile("\u2068[^\u2069]*\u2069|" + "|".join(f"{month[:3]}[a-z]*" for month in calendar.month_name[1:]))
WORD = re.compile(r"[\w.:/-]*[A-Za-zÀ-ÿ][\w.:/-]*")
SAME = {"OpenCEN", "GeoJSON", "Parquet", "Excel", "English", "Français", "Español", "Português", "Pseudo"}


class _Spoken(HTMLParser):
    """Gathers what a page says to a reader: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.foreign: list[str] = []  # what a page marks as another language's, such as the columns of a foreign form
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        is_silent = tag in SILENT or bool(MACHINES & classes) or ("lang", "en") in attrs or ("translate", "no") in attrs
        if tag not in VOID and (self._silent or (is_silent and tag != "html")):
            self._silent.append(tag)
        elif not self._silent and not is_silent:
            self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        (self.foreign if self._silent else self.said).append(data)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give one world whose people read the pseudo language; code lists speak it too."""
    catalogues.write_pseudo(catalogues.collect().places)
    trans_real._translations.pop(PSEUDO, None)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "HOME", type(settings.HOME)(tmp_path_factory.mktemp("home")))
        _let_lists_speak(patch)
        drop_caches()
        made = make_world()
        User.objects.update(language=PSEUDO)
        drop_caches()
        yield made
        transaction.set_rollback(True)
    drop_caches()


def _let_lists_speak(patch: pytest.MonkeyPatch) -> None:
    """Turn labels and titles of code lists around for readers of the pseudo language."""
    label, title = Code.label, CodeList.title

    def turn(own: Any) -> Any:
        return lambda it, lang="en": catalogues.make_pseudo(own(it, "en")) if lang == PSEUDO else own(it, lang)

    patch.setattr(Code, "label", turn(label))
    patch.setattr(CodeList, "title", turn(title))


def entered_words() -> set[str]:
    """Gather every word that somebody entered: these are nobody's to translate."""
    texts = [*User.objects.values_list("name", flat=True), *User.objects.values_list("username", flat=True)]
    texts += [*Office.objects.values_list("name", flat=True), *Office.objects.values_list("code", flat=True)]
    texts += [str(value) for row in Revision.objects.values_list() for value in row]
    texts += [str(value) for row in Record.objects.values_list() for value in row]
    texts += [settings.NODE_NAME, PUBLISHED, *SECRETS.values()]
    return {word for text in texts for word in words_of(text)}


def words_of(text: str) -> list[str]:
    """Split a text into its words, identifiers and addresses whole."""
    return [word.rstrip(".:/-") for word in WORD.findall(text)]


def is_word(text: str) -> bool:
    """Tell a word from an abbreviation, an identifier or an address."""
    return bool(re.fullmatch(r"[A-Za-zÀ-ÿ][a-zà-ÿ]{2,}", text))


def untranslated_in(html: str, entered: set[str]) -> list[str]:
    """Return the texts of a page that hold a word which is neither turned around nor entered."""
    page = _Spoken()
    page.feed(html)
    known = entered | SAME | {word for text in page.foreign for word in words_of(text)}
    plain = {text: words_of(DATED.sub(" ", TURNED.sub(" ", text))) for text in page.said}
    left = [text for text, words in plain.items() if any(is_word(word) and word not in known for word in words)]
    return sorted({" ".join(text.split()) for text in left})


PAGES = [
    row
    for row in rows_pages.ROWS
    if row.method == "GET" and "200" in row.statuses and row.route not in BUILDERS and "." not in row.route
]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.entrance)
def test_every_sentence_of_a_page_can_be_translated(world: World, row: Row) -> None:
    cache.clear()
    who = next(name for name, status in reversed([*zip(PEOPLE, row.statuses.split(), strict=True)]) if status == "200")
    values = {
        **world.values,
        **{name: world.values.get(source, source) for name, source in row.values},
        "language": PSEUDO,
    }
    with transaction.atomic():
        answer = world.client(who).get(world.path(row.route, values) + (f"?{row.query}" if row.query else ""))
        transaction.set_rollback(True)
    drop_caches()
    if not answer.headers["Content-Type"].startswith("text/html"):
        pytest.skip("not a page")
    assert "\u202e" in answer.content.decode() or who == "nobody"
    assert untranslated_in(answer.content.decode(), entered_words()) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Save</p>", ["Save"]),
        ("<p>\u200f\u202eSave\u202c\u200f TN-2026</p>", []),
        ('<button aria-label="Close"></button>', ["Close"]),
        ("<script>const word = 1;</script><p>Kefi</p>", []),
        ("<p>\u202eby\u202c Kefi or nobody</p>", ["\u202eby\u202c Kefi or nobody"]),
    ],
)
def test_a_sentence_left_in_english_is_found(html: str, found: list[str]) -> None:
    assert untranslated_in(html, {"Kefi"}) == found


def test_the_words_of_the_matrix_are_entered_by_somebody(world: World) -> None:
    assert {"Quillonmark", "Testudo"} <= entered_words()
    assert Grant.objects.exists()
