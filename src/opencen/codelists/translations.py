"""Read what lists are called in the languages beside English and French: `data/<language>/<list>.csv`.

Each file has the columns `code`, `label` and `aliases` (separated by `|`); `data/<language>/_titles.csv` has `list` and
`title`. A label may also replace one that comes from a package, which then stays as an alias.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from opencen.codelists.compact import CompactCodes
from opencen.codelists.datafile import DATA
from opencen.codelists.lists import Code, CodeList
from opencen.kernel.languages import LANGUAGES
from opencen.kernel.text import fold_ascii

TITLES = "_titles"
Words = tuple[str, tuple[str, ...]]


def translate_list(codes: CodeList, folder: Path = DATA) -> CodeList:
    """Return a list with its title, labels and aliases in every language that has a file for it."""
    found = {language: read_titles(folder, language).get(codes.name, "") for language in LANGUAGES}
    titles = {**codes.titles, **{language: title for language, title in found.items() if title}}
    words = {language: dict(read_words(folder / language / f"{codes.name}.csv")) for language in LANGUAGES}
    translated = codes.codes
    if any(words.values()):
        if isinstance(codes.codes, CompactCodes):
            raise ValueError(f"{codes.name}: a list kept in columns bears proper names; it is not translated")
        check_codes(codes, words)
        made = {code.code: translate_code(code, words) for code in codes}
        translated = MappingProxyType(made)
    return CodeList(codes.name, codes.version, translated, titles, codes.source, codes.prominent)


def check_codes(codes: CodeList, words: Mapping[str, Mapping[str, Words]]) -> None:
    """Refuse a translation of a code that the list does not have."""
    for language, found in words.items():
        if unknown := sorted(set(found) - set(codes.codes)):
            raise ValueError(f"data/{language}/{codes.name}.csv: no such code: {', '.join(unknown)}")


def translate_code(code: Code, words: Mapping[str, Mapping[str, Words]]) -> Code:
    """Return a code with what the languages call it; a label that is replaced stays as an alias."""
    labels, aliases = dict(code.labels), dict(code.aliases)
    for language, found in words.items():
        if code.code not in found:
            continue
        label, others = found[code.code]
        known = (*others, labels[language]) if language in labels else others
        labels[language] = label
        if kept := tuple(text for text in dict.fromkeys(known) if fold_ascii(text) != fold_ascii(label)):
            aliases[language] = kept
    return replace(code, labels=labels, aliases=aliases)


def read_words(path: Path) -> Iterator[tuple[str, Words]]:
    """Yield each code with its label and aliases; a list without a file has none."""
    if not path.is_file():
        return
    seen: set[str] = set()
    for row in _read_rows(path, ("code", "label", "aliases")):
        if row["code"] in seen:
            raise ValueError(f"{path.parent.name}/{path.name}: {row['code']} stands there twice")
        seen.add(row["code"])
        if row["label"]:
            yield row["code"], (row["label"], tuple(filter(None, (row["aliases"] or "").split("|"))))


@cache
def read_titles(folder: Path, language: str) -> Mapping[str, str]:
    """Read what the lists are called in a language."""
    path = folder / language / f"{TITLES}.csv"
    if not path.is_file():
        return {}
    return {row["list"]: row["title"] for row in _read_rows(path, ("list", "title")) if row["title"]}


def _read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of a file that has exactly these columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"{path.parent.name}/{path.name}: the columns must be {','.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(
                    f"{path.parent.name}/{path.name}: line {reader.line_num} has too many or too few cells"
                )
            yield row
