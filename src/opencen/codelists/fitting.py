"""How well a text answers what is typed: itself, its first words, words of it; with or without an Arabic article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from opencen.kernel.scripts import is_other_script, name_key
from opencen.kernel.text import fold as fold_script
from opencen.kernel.text import fold_ascii as fold

_WORD = re.compile(r"\w+")

EXACT, BEGINS_WITH_WORDS, BEGINS, WHOLE_WORDS, WORDS, LIKE = 100.0, 90.0, 88.0, 80.0, 75.0, 65.0
CODES, PROMINENT_GAIN = 89.0, 5.0
ALIAS_COST, LANGUAGE_COST, WORD_COST, MAX_WORD_COST = 3.0, 1.0, 1.0, 8.0
ARTICLE = "ال"
ARTICLE_COST = 0.5
SHORTEST_BARE = 3
BEGUN = BEGINS_WITH_WORDS


def fit_of(text: str, folded: str) -> float:
    """Say how well a text answers: itself, its first words, its beginning, words of it, beginnings of words."""
    if text == folded:
        return EXACT
    if text.startswith(folded):
        return BEGINS_WITH_WORDS if text[len(folded)] == " " else BEGINS
    return WHOLE_WORDS if set(folded.split()) <= set(text.split()) else WORDS


def tier_of(fit: float) -> float:
    """Name the class of a fit: within one, what lies near and is used often comes first."""
    if fit >= EXACT - ARTICLE_COST:
        return EXACT
    return BEGUN if fit >= BEGINS - ARTICLE_COST else WORDS


def bare_words(text: str) -> str:
    """Fold a text as an Arabic reader might type it: without the article of any word."""
    if ARTICLE not in text:
        return fold(text)
    words = fold_script(text).split()
    return fold(" ".join(word[len(ARTICLE) :] if _has_article(word) else word for word in words))


def _has_article(word: str) -> bool:
    """Tell whether a word begins with the Arabic article and is long enough to stand without."""
    return word.startswith(ARTICLE) and len(word) >= len(ARTICLE) + SHORTEST_BARE


def sounds_of(word: str) -> Iterator[str]:
    """Yield what a word in other letters than Latin may sound like: as it is, and without the Arabic article."""
    if is_other_script(word):
        yield from filter(None, (name_key(word), name_key(word.removeprefix(ARTICLE))))


def find_span(text: str, tokens: Sequence[str]) -> tuple[int, int]:
    """Return where in a text the tokens stand: all of them where they follow each other, else the first that does."""
    words = [(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]
    for first in range(len(words)):
        run = words[first : first + len(tokens)]
        pairs = zip(run, tokens, strict=False)
        if len(run) == len(tokens) and all(word.startswith(token) for (word, _, _), token in pairs):
            return run[0][1], min(run[-1][2], run[-1][1] + len(tokens[-1]))
    for token in tokens:
        for word, start, end in words:
            if word.startswith(token):
                return start, min(end, start + len(token))
    likest = max(words, key=lambda word: fuzz.ratio(word[0], tokens[0]), default=("", 0, 0))
    return likest[1], likest[2]
