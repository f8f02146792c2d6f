"""Find what looks like a name although nobody of the record bears it."""

from __future__ import annotations

import re

from opencen.kernel.free_text.reading import NAME_GAP, TITLE_GAP, Reading, Role, is_title, make_span, strip_joined
from opencen.kernel.free_text.spans import Span
from opencen.kernel.free_text.vocabulary import GENITIVES, INTRODUCTIONS, PLACE_NOUNS, WHERE_WORDS
from opencen.kernel.free_text.words import PARTICLES, STRONG_PARTICLES, ambiguous_names, places

_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична)(?:а|у|ем|ы|ои)?$")
_IRISH = re.compile(r"O['’][A-Z][a-z]+$|Mac[A-Z][a-z]+$|Mc[A-Z][a-z]+$")
_MAX_WORDS = 9
_MAX_ABSORBED = 5


def find_names(reading: Reading) -> list[Span]:
    """Find capitalised sequences, words after titles and roles, and given names."""
    found = []
    for start, end in _find_runs(reading):
        why = _find_reason(reading, start, end)
        if why:
            found.append(make_span(reading, *_absorb(reading, start, end), "name", why))
    return found


def _absorb(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in short capitalised words beside a name although they are words too: Kim Song Il, Mohammad Jan."""
    while start > 0 and _is_absorbed(reading, start - 1) and reading.gap(start - 1) == " ":
        start -= 1
    while end < len(reading.tokens) and _is_absorbed(reading, end) and reading.gap(end - 1) == " ":
        end += 1
    return start, end


def _is_absorbed(reading: Reading, place: int) -> bool:
    token = reading.tokens[place]
    if not token.is_capitalised or token.starts_sentence or len(token.text) > _MAX_ABSORBED or reading.is_upper_text:
        return False
    return token.folded not in PLACE_NOUNS and token.folded not in INTRODUCTIONS and (token.folded,) not in places()


def _find_runs(reading: Reading) -> list[tuple[int, int]]:
    """Return the stretches of neighbouring words that may form a name, their ends trimmed."""
    runs: list[tuple[int, int]] = []
    start = None
    for place in range(len(reading.tokens) + 1):
        ends = place == len(reading.tokens) or reading.roles[place] is Role.NONE or is_title(reading, place)
        if start is not None and (ends or not _joins(reading, place - 1)):
            runs.append((start, place))
            start = None
        if not ends and start is None:
            start = place
    return [trimmed for run in runs if (trimmed := _trim(reading, *run))]


def _joins(reading: Reading, place: int) -> bool:
    """Tell whether a word and the next belong together by what stands between them."""
    gap = reading.gap(place)
    if not NAME_GAP.fullmatch(gap):
        return False
    if gap.startswith("."):
        return reading.roles[place] is Role.INITIAL
    if gap.startswith(","):  # MANSOURI, Lotfi
        return reading.tokens[place].is_upper and reading.roles[place + 1] is Role.GIVEN
    return True


def _trim(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Cut particles and initials that hang over at the ends; None where nothing stays."""
    solid = (Role.NAME, Role.GIVEN, Role.UPPER)
    while end > start and reading.roles[end - 1] is Role.PARTICLE:
        end -= 1
    while start < end and reading.roles[start] not in solid:
        token = reading.tokens[start]
        is_part = token.folded in STRONG_PARTICLES or reading.roles[start] is Role.INITIAL
        if is_part or (token.folded in ("el", "van", "von") and not token.starts_sentence):
            break
        start += 1
    if not any(reading.roles[place] in solid for place in range(start, end)):
        return None
    return start, end


def _find_reason(reading: Reading, start: int, end: int) -> str:
    """Say why a stretch is taken for a name; empty where it is not."""
    places_in_run = range(start, end)
    if any(place in reading.known for place in places_in_run):
        return "known_name"
    if start > 0 and TITLE_GAP.fullmatch(reading.gap(start - 1)):
        if is_title(reading, start - 1) and reading.tokens[end - 1].folded not in PLACE_NOUNS:
            return "title"
        if reading.tokens[start - 1].folded in INTRODUCTIONS and _is_solid_after_role(reading, start):
            return "role"
    if _is_place_by_context(reading, start, end):
        return ""
    counted = _count(reading, start, end)
    if any(_is_given_alone(reading, place) for place in places_in_run):
        return "given_name"
    if counted >= 2 and any(reading.roles[place] is Role.GIVEN for place in places_in_run):
        return "given_name"
    if any(
        _PATRONYMIC.search(reading.tokens[place].folded) for place in places_in_run if _is_cyrillic_name(reading, place)
    ):
        return "patronymic"
    if counted >= 2 and _is_sequence(reading, start, end) and not _stands_in_place(reading, start, end):
        return "capitalised_sequence"
    return ""


def _is_place_by_context(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the words beside say that this is a place, although it bears a person's name."""
    after = [token.folded for token in reading.tokens[end : end + 2]]
    before = [token.folded for token in reading.tokens[max(0, start - 2) : start]]
    is_followed = bool(after) and reading.gap(end - 1) == " "
    if is_followed and (after[0] in PLACE_NOUNS or (after[0] == "international" and after[-1] in PLACE_NOUNS)):
        return True
    if not before or reading.gap(start - 1) not in (" ", "\u00a0"):
        return False
    return before[-1] in PLACE_NOUNS or (before[-1] in GENITIVES and before[0] in PLACE_NOUNS and len(before) == 2)


def _stands_in_place(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a preposition says that an unknown sequence is where something happened."""
    if start == 0 or reading.gap(start - 1) != " " or reading.text[reading.tokens[end - 1].end :][:2] in ("'s", "’s"):
        return False
    return reading.tokens[start - 1].folded in WHERE_WORDS


def _is_solid_after_role(reading: Reading, start: int) -> bool:
    role = reading.roles[start]
    if role is Role.UPPER:
        return len(reading.tokens[start].text) > 3
    return role in (Role.NAME, Role.GIVEN) or (role in (Role.INITIAL, Role.PARTICLE))


def _is_given_alone(reading: Reading, place: int) -> bool:
    """Tell whether a word is a name by itself."""
    if _IRISH.match(reading.tokens[place].text):
        return True
    if reading.roles[place] is not Role.GIVEN:
        return False
    folded = reading.tokens[place].folded
    return folded not in ambiguous_names() and strip_joined(folded) not in ambiguous_names()


def _is_cyrillic_name(reading: Reading, place: int) -> bool:
    return reading.roles[place] is Role.NAME and len(reading.tokens[place].text) > 6


def _count(reading: Reading, start: int, end: int) -> int:
    """Count what speaks for a name: its words, its dotted initials and particles such as Ben."""
    count = 0
    for place in range(start, end):
        role, token = reading.roles[place], reading.tokens[place]
        if role in (Role.NAME, Role.GIVEN, Role.UPPER):
            count += max(1, len([part for part in token.parts if part not in PARTICLES]))
        elif role is Role.INITIAL:
            count += reading.text[token.end : token.end + 1] == "."
        elif token.folded in STRONG_PARTICLES or (token.folded == "el" and token.text[0].isupper()):
            count += not token.starts_sentence or token.folded in STRONG_PARTICLES
    return count


def _is_sequence(reading: Reading, start: int, end: int) -> bool:
    """Tell whether capitals mean something here: not in a text or a stretch that is all capitals and abbreviations."""
    if end - start > _MAX_WORDS or reading.is_upper_text:
        return False
    solid = [place for place in range(start, end) if reading.roles[place] in (Role.NAME, Role.GIVEN, Role.UPPER)]
    upper = [place for place in solid if reading.roles[place] is Role.UPPER]
    if len(upper) == len(solid):
        return len(upper) >= 2 and all(len(reading.tokens[place].text) >= 4 for place in upper)
    return all(len(reading.tokens[place].text) >= 4 for place in upper)
