"""Find businesses by their legal form, and businesses and vessels by the word that announces them."""

from __future__ import annotations

import re
from bisect import bisect_right

from opencen.kernel.free_text.reading import Reading, make_span
from opencen.kernel.free_text.spans import Kind, Span
from opencen.kernel.free_text.vocabulary import COMPANY_LABELS, LEGAL_FORMS_BEFORE, VESSEL_LABELS
from opencen.kernel.free_text.words import PARTICLES, Token, arabic_words, common_words

_LEGAL_FORM = re.compile(
    r"(?:,? ?(?:& Co\b\.?|\b(?:Co|Company|Cie)\b\.?))?,? ?\b(?:Ltd|Limited|LLC|Inc|Corp|SARL|S\.A\.R\.L"
    r"|SUARL|SAS|SA|S\.A|GmbH|BV|B\.V|NV|SpA|S\.p\.A"
    r"|SRL|Lda|Ltda|S\.R\.L|SL|S\.L|PLC|Pty|FZE|FZCO|FZC|JSC|OOO|ООО|ЗАО|ОАО|Sdn\.? Bhd)\b\.?(?! ?[0-9])"
)
_MAX_WORDS = 9


def find_businesses(reading: Reading) -> list[Span]:
    """Find what is announced or followed by the form of a business, and what is announced as a vessel."""
    return [*_find_companies(reading.text, reading.tokens), *_find_labelled(reading)]


def _find_companies(text: str, tokens: list[Token]) -> list[Span]:
    """Find the capitalised words before a legal form such as SARL or Ltd."""
    found = []
    ends = [token.end for token in tokens]
    for match in _LEGAL_FORM.finditer(text):
        count = bisect_right(ends, match.start())
        before = tokens[max(0, count - _MAX_WORDS) : count]
        start = _start_of_company(text, before, match.start())
        if start is not None:
            found.append(Span(start, match.end(), "company", text[start : match.end()], "legal_form"))
    return found


def _start_of_company(text: str, tokens: list[Token], edge: int) -> int | None:
    """Return where the capitalised words that lead up to a legal form begin."""
    start = None
    for token in reversed(tokens):
        between = text[token.end : edge]
        if between.strip(' ,"»”') not in ("", "&", "-") or "\n" in between:
            break
        if token.text[0].isupper() or token.is_arabic:
            start = token.start
        elif token.folded not in PARTICLES:
            break
        edge = token.start
    return start


def _find_labelled(reading: Reading) -> list[Span]:
    """Find the names that follow the word for a business or a vessel."""
    found = []
    for place, token in enumerate(reading.tokens[:-1]):
        kind: Kind | None = None
        if token.folded in COMPANY_LABELS:
            kind = "company"
        elif token.folded in VESSEL_LABELS or _is_slashed_label(reading.text, token):
            kind = "vessel"
        if kind is None or not re.fullmatch(r"\.?[ \u00a0]{1,2}[\"«“'‘]? ?", reading.gap(place)):
            continue
        end = _end_of_label(reading, place + 1)
        if end > place + 1:
            start = place if token.folded in LEGAL_FORMS_BEFORE else place + 1
            found.append(make_span(reading, start, end, kind, "label"))
    return found


def _is_slashed_label(text: str, token: Token) -> bool:
    """Tell whether a word ends a label such as M/V."""
    return text[max(0, token.start - 2) : token.end].lower() in ("m/v", "m/t", "f/v", "s/y")


def _end_of_label(reading: Reading, start: int) -> int:
    place = start
    while place < len(reading.tokens) and place - start < 4:
        token = reading.tokens[place]
        is_name = token.text[0].isupper() and not token.is_initial
        is_name = is_name or (token.is_arabic and token.folded not in arabic_words())
        if not is_name or (place > start and not re.fullmatch(r"[ \u00a0\-]", reading.gap(place - 1))):
            break
        if place == start and token.folded in common_words() and reading.text[token.start - 1] not in "\"«“'‘":
            following = reading.tokens[place + 1] if place + 1 < len(reading.tokens) else None
            if following is None or not following.text[0].isupper():
                break
        place += 1
    return place
