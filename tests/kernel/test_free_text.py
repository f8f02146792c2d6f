from __future__ import annotations

import random
import re
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.kernel.free_text import KnownName, Span, find_identifying, make_phrases, redact, replacement
from tests.kernel.vectors import read_vectors

VECTORS: dict[str, list[str]] = read_vectors("free_text")
MARKED = re.compile(r"\[\[(\w+)\|(.*?)\]\]")

LOTFI = KnownName("Lotfi Ben Ali Mansouri")
BARAKA = KnownName("Al Baraka Trading SARL", "company")
OCEAN = KnownName("Ocean Star", "vessel")


@dataclass
class Score:
    """Count what was to be found and what was found."""

    wanted: int = 0
    covered: int = 0
    right_kind: int = 0
    found: int = 0
    justified: int = 0

    @property
    def recall(self) -> float:
        return self.covered / self.wanted

    @property
    def precision(self) -> float:
        return self.justified / self.found


def read_marked(sentence: str) -> tuple[str, list[Span]]:
    """Return a sentence without its marks, and what they mark."""
    text, wanted, place = "", [], 0
    for match in MARKED.finditer(sentence):
        text += sentence[place : match.start()]
        kind, words = match[1], match[2]
        wanted.append(Span(len(text), len(text) + len(words), kind, words, ""))  # type: ignore[arg-type]  # a mark
        text += words
        place = match.end()
    return text + sentence[place:], wanted


def overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def covers(found: list[Span], text: str, start: int, end: int) -> bool:
    """Tell whether every letter and digit of a stretch lies within a finding."""
    return all(
        any(span.start <= place < span.end for span in found) for place in range(start, end) if text[place].isalnum()
    )


def measure(sentences: list[str]) -> tuple[Score, list[str]]:
    score, errors = Score(), []
    for sentence in sentences:
        text, wanted = read_marked(sentence)
        found = find_identifying(text)
        for span in wanted:
            is_covered = covers(found, text, span.start, span.end)
            score.wanted += 1
            score.covered += is_covered
            score.right_kind += any(overlaps(span, one) and one.kind == span.kind for one in found)
            if not is_covered:
                errors.append(f"missed {span.kind} {span.text!r} in {text!r}")
        for one in found:
            is_justified = any(overlaps(one, span) for span in wanted)
            score.found += 1
            score.justified += is_justified
            if not is_justified:
                errors.append(f"needless {one.kind} {one.text!r} ({one.why}) in {text!r}")
    return score, errors


# When the second list was written, before anything was changed for it, it gave recall 0.904 and precision 0.850; the
# last ten Portuguese sentences were written after the words, and gave 0.900 and 0.909.
@pytest.mark.parametrize(
    ("part", "recall", "precision"), [("tuned", 0.97, 0.97), ("held_out", 0.95, 0.85), ("portuguese", 0.95, 0.95)]
)
def test_what_identifies_is_found_in_six_languages(
    part: str, recall: float, precision: float, capsys: pytest.CaptureFixture[str]
) -> None:
    score, errors = measure(VECTORS[part])
    with capsys.disabled():
        print(
            f"\nfree text, {part}: recall {score.recall:.3f} of {score.wanted}, precision {score.precision:.3f} of "
            f"{score.found}, right kind {score.right_kind}"
        )
    assert score.recall >= recall, errors
    assert score.precision >= precision, errors
    assert score.right_kind >= 0.95 * score.wanted


@pytest.mark.parametrize(
    ("text", "known", "redacted"),
    [
        ("Driver Lotfi M. met L. Mansouri.", LOTFI, "Driver [name] met [name]."),
        ("then lotfi fled; LOTFI BEN ALI MANSOURI was seen", LOTFI, "then [name] fled; [name] was seen"),
        ("Mansouri, Lotfi signed; L.M. did not, nor L. B. M.", LOTFI, "[name] signed; [name] did not, nor [name]"),
        ("Lotfy Mansoury and Benali Mansouri", LOTFI, "[name] and [name]"),
        ("the bag of lotfi's cousin, initials LBM", LOTFI, "the bag of [name]'s cousin, initials [name]"),
        ("السائق لطفي المنصوري حجزت لديه سجائر", LOTFI, "السائق [name] حجزت لديه سجائر"),
        ("Лотфи Мансури задержан", LOTFI, "[name] задержан"),
        ("Sarah’s phone", KnownName("سارة"), "[name]’s phone"),
        ("met José-Maria at noon", KnownName("JOSE MARIA ALVAREZ"), "met [name] at noon"),
        ("Li was there", KnownName("Li Wei"), "[name] was there"),
        ("Rose said the rose water was hers", KnownName("Rose Martin"), "[name] said the rose water was hers"),
        ("bought by al baraka, then by Al-Baraka Trading S.A.R.L", BARAKA, "bought by [company], then by [company]"),
        ("on the Ocean Star off Zarzis", OCEAN, "on the [vessel] off Zarzis"),
    ],
)
def test_a_known_name_is_found_however_it_is_written(text: str, known: KnownName, redacted: str) -> None:
    found = redact(text, find_identifying(text, [known]))
    assert found.rstrip(".") == redacted.rstrip(".")


def test_a_known_name_says_that_it_is_known() -> None:
    text = "Gharbi called, then K.G. came."
    found = find_identifying(text, [KnownName("Karim Gharbi")])
    assert [(span.text, span.kind, span.why) for span in found] == [
        ("Gharbi", "name", "known_name"),
        ("K.G.", "name", "known_initials"),
    ]
    assert [text[span.start : span.end] for span in found] == ["Gharbi", "K.G."]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("12 KG of tobacco from the UK", KnownName("Karim Gharbi")),
        ("the general trading licence", KnownName("Nour General Trading Ltd", "company")),
        ("al mare, ben fatto, de la mer", KnownName("Ali Ben De La Cruz")),
        ("the rose water and the black car", KnownName("Rose Black")),
        ("The Marine Unit", KnownName("Marina Rossi")),
    ],
)
def test_a_known_name_does_not_hide_common_words(text: str, known: KnownName) -> None:
    assert find_identifying(text, [known]) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mr Black was there", "title"),
        ("the driver Achieng fled", "role"),
        ("seen with Karim yesterday", "given_name"),
        ("then Thabang Mokoena ran", "capitalised_sequence"),
        ("container OCLU 302618 9", "check_digit"),
        ("container OCLU 302618 0", "pattern"),
        ("bought by Delta Pharma SARL", "legal_form"),
        ("order 123456789 was sent", "long_number"),
    ],
)
def test_every_finding_says_why(text: str, why: str) -> None:
    assert [span.why for span in find_identifying(text)] == [why]


def test_places_of_the_record_are_no_names() -> None:
    text = "Hoanh Mo, then Bukit Kayu Hitam."
    assert len(find_identifying(text)) == 2
    assert find_identifying(text, not_names=make_phrases(["Hoanh Mo", "BUKIT KAYU HITAM"])) == []


def test_a_gazetteer_does_not_hide_people() -> None:
    places = make_phrases(["Gharbi", "Karim Gharbi", "Ben Salah"])
    text = "We saw Karim Gharbi at the gate."
    assert [span.text for span in find_identifying(text, not_names=places)] == ["Karim Gharbi"]


@pytest.mark.parametrize("kind", ["name", "company", "vessel", "plate", "phone", "email", "document", "account"])
def test_a_replacement_names_the_kind_only(kind: str) -> None:
    assert replacement(kind) == f"[{kind}]"  # type: ignore[arg-type]  # the parameter is one of the kinds


def test_nothing_is_found_in_nothing() -> None:
    assert find_identifying("") == find_identifying("   \n") == find_identifying("...", [KnownName("")]) == []


@given(
    st.text(alphabet=st.sampled_from("aAbMé'’-.,: \n1٢20+@/КиعملبنO()#№"), max_size=60)
    | st.lists(
        st.sampled_from(["Karim", "Gharbi", "Ben", "M.", "plate", "tel", "+216", "98 765 432", "SARL", "بن", "،"])
    ).map(" ".join)
)
def test_findings_are_ordered_apart_and_say_what_stands_there(text: str) -> None:
    found = find_identifying(text, [LOTFI, BARAKA, OCEAN])
    assert all(text[span.start : span.end] == span.text != "" for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(redact(text, found)) >= len(text) - sum(len(span.text) for span in found)


@pytest.mark.parametrize(
    "unit", ["a", "A1", "1 ", "A.", "P<", "a@", "plate A", "tel 1(", "Aa Ltd ", "Al ", "محمد ", "M. ", "account A1 "]
)
def test_a_hostile_text_takes_no_long_time(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    start = time.perf_counter()
    find_identifying(text, [LOTFI, BARAKA])
    assert time.perf_counter() - start < 10


def read_listed_names(shared_data: Path) -> tuple[list[str], list[str]]:
    """Return the listed people's names in Latin and in Arabic script."""
    latin, arabic = [], []
    parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    for person in (
        ET.parse(next((shared_data / "watchlists").glob("UN_consolidated*.xml"))).getroot().iter("INDIVIDUAL")
    ):
        words = " ".join(person.findtext(part) or "" for part in parts).split()
        if len(words) > 1 and "".join(words).isascii():
            latin.append(" ".join(word.capitalize() if word.isupper() else word for word in words))
        original = (person.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
        if "\u0600" <= original[:1] <= "\u06ff":
            arabic.append(original)
    return latin, arabic


LATIN_SENTENCES = (
    "The driver {} was arrested with 12 kg.",
    "Goods were bought by {} in Dubai.",
    "On a vu {} près du quai.",
)
ARABIC_SENTENCES = ("قام السائق {} بنقل البضاعة من ميناء رادس.", "تم إيقاف {} في المطار.", "المدعو {} يملك الشاحنة.")


@pytest.mark.parametrize(("script", "touched", "whole"), [("latin", 0.97, 0.93), ("arabic", 0.95, 0.7)])
def test_real_names_are_found_unknown_and_known(
    shared_data: Path, script: str, touched: float, whole: float, capsys: pytest.CaptureFixture[str]
) -> None:
    names = read_listed_names(shared_data)[script == "arabic"]
    sentences = ARABIC_SENTENCES if script == "arabic" else LATIN_SENTENCES
    draw = random.Random(7)
    counts = {"unknown touched": 0, "unknown whole": 0, "known whole": 0}
    for name in names:
        sentence = draw.choice(sentences)
        text, start = sentence.format(name), sentence.index("{}")
        found = find_identifying(text)
        counts["unknown touched"] += any(span.start < start + len(name) and start < span.end for span in found)
        counts["unknown whole"] += covers(found, text, start, start + len(name))
        counts["known whole"] += covers(find_identifying(text, [KnownName(name)]), text, start, start + len(name))
    with capsys.disabled():
        print(f"\nreal names, {script}, of {len(names)}: {counts}")
    assert counts["unknown touched"] >= touched * len(names)
    assert counts["unknown whole"] >= whole * len(names)
    assert counts["known whole"] >= 0.99 * len(names)
