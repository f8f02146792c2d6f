"""Find codes by what people type: exact names by one look-up, the rest word by word, misspellings by likeness."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from rapidfuzz import fuzz, process

from opencen.codelists.compact import CompactCodes
from opencen.codelists.entries import ANY_LANGUAGE, Entry, Favour, Found, Ranked, alike, keep_better, texts_of
from opencen.codelists.fitting import (
    ALIAS_COST,
    ARTICLE,
    ARTICLE_COST,
    BEGUN,
    CODES,
    EXACT,
    LANGUAGE_COST,
    LIKE,
    MAX_WORD_COST,
    PROMINENT_GAIN,
    WORD_COST,
    bare_words,
    find_span,
    fit_of,
    sounds_of,
    tier_of,
)
from opencen.codelists.kept import State
from opencen.codelists.lists import CodeList
from opencen.codelists.naming import ComposedLabels, proper_part
from opencen.kernel.scripts import name_key
from opencen.kernel.text import fold_ascii as fold
from opencen.kernel.text import identifier_key

_LAST = "\U0010ffff"
MIN_LIKENESS = 68
LIKE_WORDS = 6
MIN_LIKE_LENGTH = 3
MOST_RANKED = 800
MOST_CODES = 50
FAR_MORE = 4
MANY_WORDS = 20_000
MOST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Match:
    """Say which code a query found, by which text, in which language, by which part of it, how surely (0-100)."""

    code: str
    label: str
    text: str
    language: str
    start: int
    end: int
    score: float
    is_alias: bool


def _as_it_is(value: Any) -> Any:
    return value


# How the columns of an index are written in a file.
_WRITTEN_AS: dict[str, Callable[[Any], Any]] = {
    "_kinds": lambda value: array("B", value),
    "_starts": lambda value: array("I", value),
    "_postings": lambda value: array("I", value),
}


class SearchIndex:
    """Index the labels and aliases of one list."""

    def __init__(self, codes: CodeList, state: State | None = None) -> None:
        self.codes = codes
        if state is None:
            self._build(codes)
        else:
            self.__dict__.update({name: _WRITTEN_AS.get(name, _as_it_is)(value) for name, value in state.items()})

    def state(self) -> State:
        """Return everything but the list as plain values, to be kept in a file."""
        kept = {name: value for name, value in self.__dict__.items() if name != "codes"} | {"_sounding": self._sounding}
        return {name: value.tobytes() if isinstance(value, array) else value for name, value in kept.items()}

    def _build(self, codes: CodeList) -> None:
        self._texts: list[str] = []
        self._owners: list[str] = []
        self._kinds = array("B")
        self._prominent = bytearray()
        self._languages: list[str] = [ANY_LANGUAGE]
        self._exact: dict[str, int | tuple[int, ...]] = {}
        self._bare: dict[str, list[int]] = {}
        self._is_upper = all(code == code.upper() for code in codes.codes)
        self._keys = {} if self._is_upper else {c.casefold(): c for c in codes.codes if c.casefold() != c}
        postings: dict[str, array[int]] = {}
        for code in codes.codes.searched() if isinstance(codes.codes, CompactCodes) else codes:
            for text, language, is_alias in texts_of(code):
                self._add(text, code.code, language, is_alias, postings)
        listed = list(codes.codes)
        self._codes = listed if listed == sorted(listed) else sorted(listed)
        self._words = sorted(postings)
        self._starts = array("I", [0])
        self._postings = array("I")
        for word in self._words:
            self._postings.extend(postings[word])
            self._starts.append(len(self._postings))

    def candidates(self, text: str, langs: Sequence[str]) -> Iterator[list[str]]:
        """Yield the codes a text may name, the surest reading first: code, label, alias, any language, path."""
        plain = text.strip()
        if code := self._code(plain):
            yield [code]
        entries = [self._entry(at) for at in self._find_exact(fold(plain))]
        spoken = [entry for entry in entries if entry.language in langs or entry.language == ANY_LANGUAGE]
        for is_alias in (False, True):
            for language in (ANY_LANGUAGE, *langs):
                level = _unique(e.code for e in spoken if e.is_alias == is_alias and e.language == language)
                if self.codes.prominent and language == ANY_LANGUAGE:
                    level = _unique(e.code for e in spoken if e.is_alias == is_alias)
                yield from self._known_first(level)
        yield _unique(entry.code for entry in entries)
        yield _unique(self._owners[at] for at in self._bare.get(bare_words(plain), ()))
        if proper := proper_part(plain, self.codes.name):
            yield from self.candidates(proper, langs)
        if ">" in plain:
            above, _, last = plain.rpartition(">")
            tops = next((level for level in self.candidates(above, langs) if level), [])
            for level in self.candidates(last, langs):
                yield [code for code in level if any(self.codes.is_under(code, top) and code != top for top in tops)]

    def find(
        self,
        query: str,
        langs: Sequence[str],
        limit: int,
        accept: Callable[[str], bool],
        favour: Favour = alike,
    ) -> list[Match]:
        """Find the best matches of a query, one a code; an empty query gives the top of the list.

        Of what fits equally well, the codes that `favour` gives the lower numbers come first.
        """
        query = query[:MOST_QUERY]
        tokens = fold(query).split()
        if not tokens:
            tops = [code for code in self.codes.children() if accept(code)]
            return [
                Match(code, self._label(code, langs), self._label(code, langs), langs[0], 0, 0, 0.0, False)
                for code in tops[:limit]
            ]
        found: Found = {}
        self._rank_codes(query.strip(), found)
        self._rank(query, langs, found)
        if not found and (proper := proper_part(query, self.codes.name)):
            query, tokens = proper, fold(proper).split()
            self._rank(query, langs, found)
        if not found:
            self._rank_across_scripts(query, langs, found)
        if not found:
            self._rank_alike(tokens, langs, found)
        known = self.codes.prominent

        def order(code: str) -> tuple[object, ...]:
            """Sort by how well it fits; places by the class of the fit, by nearness and by renown before."""
            ranked = found[code]
            first = (-ranked.fit, favour(code), code not in known) if known else ()
            return *first, -ranked.score, len(code), code

        best = sorted(filter(accept, found), key=order)[:limit]
        return [self._match(code, found[code], tokens, langs) for code in best]

    def _known_first(self, level: list[str]) -> Iterator[list[str]]:
        """Yield what is widely known of a level before the whole of it: Santos is not the hamlet of that name."""
        known = [code for code in level if code in self.codes.prominent]
        if known and len(known) < len(level):
            yield known
        yield level

    def _add(self, text: str, code: str, language: str, is_alias: bool, postings: dict[str, array[int]]) -> None:
        folded = fold(text)
        if not folded:
            return
        at = len(self._texts)
        self._texts.append(text)
        self._owners.append(code)
        self._prominent.append(code in self.codes.prominent)
        if language not in self._languages:
            self._languages.append(language)
        self._kinds.append(self._languages.index(language) * 2 + is_alias)
        before = self._exact.get(folded)
        self._exact[folded] = at if before is None else (*((before,) if isinstance(before, int) else before), at)
        words = folded.split()
        if ARTICLE in text and (bare := bare_words(text)) != folded:
            self._bare.setdefault(bare, []).append(at)
            words += bare.split()
        for place, word in enumerate(dict.fromkeys(words)):
            postings.setdefault(word, array("I")).append(at * 2 + (place == 0))

    def _entry(self, at: int) -> Entry:
        kind = self._kinds[at]
        return Entry(self._texts[at], self._owners[at], self._languages[kind // 2], bool(kind % 2))

    def _find_exact(self, folded: str) -> tuple[int, ...]:
        found = self._exact.get(folded, ())
        return (found,) if isinstance(found, int) else found

    def _code(self, text: str) -> str | None:
        if text in self.codes.codes:
            return text
        digits = identifier_key(text)
        if digits.isdigit() and digits in self.codes.codes:
            return digits
        if self._is_upper:
            return text.upper() if text.upper() in self.codes.codes else None
        return self._keys.get(text.casefold())

    def _label(self, code: str, langs: Sequence[str]) -> str:
        return self.codes.label(code, langs[0] if langs else "en")

    def _begun(self, token: str) -> range:
        """Return the positions of the words that begin with a token."""
        return range(bisect_left(self._words, token), bisect_left(self._words, token + _LAST))

    def _with_words(self, choices: Sequence[Sequence[int]]) -> list[int]:
        """Return the entries that hold one word of every choice; those that begin with it first, not too many."""
        marked = sorted(((self._marks(choice), choice) for choice in choices), key=lambda pair: len(pair[0]))
        smallest, others = marked[0][0], marked[1:]
        if not others:
            return self._most_likely(smallest)
        found = {mark >> 1 for mark in smallest}
        for marks, choice in others:
            if len(marks) > FAR_MORE * len(found):
                found = {at for at in found if self._holds(at, choice)}
            else:
                found &= {mark >> 1 for mark in marks}
        return list(found)[:MOST_RANKED]

    def _holds(self, at: int, choice: Sequence[int]) -> bool:
        """Tell whether an entry holds a word of a choice, from its text."""
        return any(bisect_left(self._words, word) in choice for word in fold(self._texts[at]).split())

    def _most_likely(self, marks: array[int]) -> list[int]:
        """Return the entries behind marks; of too many, the prominent and then those that begin with the word."""
        if len(marks) <= MOST_RANKED:
            return [mark >> 1 for mark in marks]
        prominent = [mark >> 1 for mark in marks if self._prominent[mark >> 1]]
        begun = islice((mark >> 1 for mark in marks if mark & 1), MOST_RANKED)
        return list(dict.fromkeys((*prominent, *begun)))[:MOST_RANKED]

    def _marks(self, words: Sequence[int]) -> array[int]:
        """Return the marks of some words; those of neighbouring words lie side by side."""
        if isinstance(words, range):
            return self._postings[self._starts[words.start] : self._starts[words.stop]]
        found = array("I")
        for word in words:
            found.extend(self._postings[self._starts[word] : self._starts[word + 1]])
        return found

    def _rank_codes(self, query: str, found: Found) -> None:
        """Rank the code that was typed, and the upper-case or digit codes that begin with it."""
        key = query.upper()
        if len(key) > 1:
            begun = bisect_left(self._codes, key)
            for code in self._codes[begun : begun + MOST_CODES]:
                if code.startswith(key):
                    found[code] = Ranked(CODES - len(code) / 10, None, BEGUN)
        if (code_typed := self._code(query)) is not None:
            found[code_typed] = Ranked(EXACT, None, EXACT)

    def _rank(self, query: str, langs: Sequence[str], found: Found) -> None:
        """Rank what holds every typed word, or begins so; an Arabic article may be missing or be one too many."""
        folded, bare = fold(query), bare_words(query)
        tokens = folded.split()
        entries = self._with_words([self._begun(token) for token in tokens])
        if not entries and bare != folded:
            entries = self._with_words([self._begun(token) for token in bare.split()])
        order = {language: place for place, language in enumerate(langs)}
        for at in entries:
            entry = self._entry(at)
            if entry.language != ANY_LANGUAGE and entry.language not in order:
                continue
            text = fold(entry.text)
            fit = score = fit_of(text, folded)
            if ARTICLE in entry.text and fit < EXACT:
                fit = score = max(fit, fit_of(bare_words(entry.text), bare) - ARTICLE_COST)
            if score < EXACT:
                score -= min(MAX_WORD_COST, WORD_COST * (len(text.split()) - len(tokens)))
                score += PROMINENT_GAIN * self._prominent[at]
            score -= ALIAS_COST * entry.is_alias + LANGUAGE_COST * order.get(entry.language, 0)
            keep_better(found, Ranked(score, entry, tier_of(fit)))

    def _rank_across_scripts(self, query: str, langs: Sequence[str], found: Found) -> None:
        """Rank what sounds as a name in other letters is written: its consonants are the same."""
        words = query.split()
        choices = [[at for key in sounds_of(word) for at in self._sounding_as(key)] for word in words]
        if not choices or not all(choices):
            return
        for at in self._with_words([sorted(set(choice)) for choice in choices]):
            entry = self._entry(at)
            if entry.language != ANY_LANGUAGE and entry.language not in langs:
                continue
            others = len(fold(entry.text).split()) - len(words)
            score = LIKE - min(MAX_WORD_COST, WORD_COST * others) + PROMINENT_GAIN * self._prominent[at]
            keep_better(found, Ranked(score, entry, LIKE))

    @cached_property
    def _sounding(self) -> str:
        """Keep the consonants of every word with its positions as lines; made when first asked, or read from a file."""
        sounding: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            if key := name_key.__wrapped__(word):  # remembering a key of every word would fill the memory
                sounding.setdefault(key, []).append(at)
        return "\n".join(("", *(f"{key} {','.join(map(str, places))}" for key, places in sounding.items()), ""))

    def _sounding_as(self, key: str) -> list[int]:
        """Return the positions of the words of these consonants."""
        begun = self._sounding.find(f"\n{key} ")
        if begun < 0:
            return []
        first = begun + len(key) + 2
        return [int(place) for place in self._sounding[first : self._sounding.index("\n", first)].split(",")]

    def _rank_alike(self, tokens: Sequence[str], langs: Sequence[str], found: Found) -> None:
        folded = " ".join(tokens)
        choices = [list(self._begun(token)) or self._alike(token) for token in tokens]
        if len(tokens) > 1:  # a misspelt word of one language may be a good one of another
            choices = [[*dict.fromkeys((*self._begun(token), *self._alike(token)))] for token in tokens]
        known = [choice for choice in choices if choice]
        if not known:
            return
        for at in self._with_words(known):
            entry = self._entry(at)
            if entry.language != ANY_LANGUAGE and entry.language not in langs:
                continue
            score = LIKE * fuzz.token_sort_ratio(folded, fold(entry.text)) / 100 - ALIAS_COST * entry.is_alias
            keep_better(found, Ranked(score, entry, score))

    def _alike(self, token: str) -> list[int]:
        """Return the positions of the words spelt most like a token."""
        if len(token) < MIN_LIKE_LENGTH:
            return []
        begun = self._begun(token[0])
        if len(self._words) < MANY_WORDS:
            begun = range(len(self._words))
        words = self._words[begun.start : begun.stop]
        alike = process.extract(token, words, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS, limit=LIKE_WORDS)
        return [begun.start + place for _, _, place in alike]

    def _match(self, code: str, ranked: Ranked, tokens: Sequence[str], langs: Sequence[str]) -> Match:
        label, entry = self._label(code, langs), ranked.entry
        if entry is None:
            return Match(code, label, code, ANY_LANGUAGE, 0, len(code), ranked.score, False)
        text = entry.text
        is_composed = isinstance(self.codes[code].labels, ComposedLabels)
        if is_composed and all(any(word.startswith(token) for word in fold(label).split()) for token in tokens):
            text = label  # what is shown anyway holds what was typed
        start, end = find_span(text, tokens)
        return Match(code, label, text, entry.language, start, end, round(ranked.score, 1), entry.is_alias)


def _unique(codes: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(codes))
