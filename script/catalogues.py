"""Collects every sentence a user may read, joins the rooms' translations, compiles the catalogues."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
import polib
from django.utils.translation.template import templatize

from opencen.kernel.languages import TRANSLATED

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "src" / "opencen"
LOCALE = PACKAGE / "locale"
CODELISTS = PACKAGE / "codelists" / "data"
LANGUAGES = TRANSLATED
PSEUDO = "ar_XB"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    PSEUDO: "nplurals=2; plural=(n != 1);",
}

# How many leading arguments of each call are sentences; with True the first one is a context.
CALLS = {
    "_": (1, False), "N_": (1, False), "gettext": (1, False), "gettext_lazy": (1, False), "gettext_noop": (1, False),
    "ngettext": (2, False), "ngettext_lazy": (2, False), "pgettext": (1, True), "pgettext_lazy": (1, True),
    "npgettext": (2, True), "npgettext_lazy": (2, True),
    "translate": (1, False),
}  # fmt: skip
TEMPLATE_CALL = re.compile(r"\b(_|n?p?gettext)\(")
LAYOUT_KEYS = {"label", "hint", "item", "title", "unlocks"}
PLACEHOLDER = re.compile(
    r"%\([a-z_]+\)[sd]|%[sd%]|\{[a-z_][a-z_.0-9]*\}|\$\{[^}]*\}|</?[a-z][^>]*>|&[a-z]+;|\n", re.IGNORECASE
)


@dataclass(frozen=True)
class Sentence:
    """One message as a translator sees it."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class Collection:
    """Every sentence with the places where it stands."""

    places: dict[Sentence, list[str]] = field(default_factory=dict)

    def add(self, sentence: Sentence, place: str) -> None:
        """Note a sentence at a place."""
        if sentence.text.strip():
            self.places.setdefault(sentence, []).append(place)


def read_call(name: str, arguments: list[Any]) -> Sentence | None:
    """Make the sentence of one call from its literal arguments; None where they are not literal."""
    count, has_context = CALLS[name]
    wanted = arguments[: count + has_context]
    if len(wanted) < count + has_context or not all(isinstance(value, str) for value in wanted):
        return None
    context = wanted[0] if has_context else ""
    texts = wanted[1:] if has_context else wanted
    return Sentence(texts[0], texts[1] if count == 2 else "", context)


def literal(node: ast.expr) -> Any:
    """Evaluate a literal; anything else gives None."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def collect_python(found: Collection, path: Path) -> None:
    """Collect from gettext calls."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            sentence = read_call(name, [literal(argument) for argument in node.args]) if name in CALLS else None
            if sentence:
                found.add(sentence, f"{path.relative_to(PROJECT)}:{node.lineno}")


def collect_template(found: Collection, path: Path) -> None:
    """Collect from a template, through Django's own reading of it."""
    code = templatize(path.read_text("utf-8"), origin=str(path))
    for match in TEMPLATE_CALL.finditer(code):
        try:
            call = ast.parse(cut_call(code, match.start()), mode="eval").body
        except SyntaxError:
            continue
        if isinstance(call, ast.Call) and (sentence := read_call(match[1], [literal(part) for part in call.args])):
            found.add(sentence, f"{path.relative_to(PROJECT)}:{code.count(chr(10), 0, match.start()) + 1}")


def cut_call(code: str, start: int) -> str:
    """Cut one call out of code, up to its closing bracket; brackets in strings do not count."""
    depth, quote, position = 0, "", code.index("(", start)
    while position < len(code):
        char = code[position]
        if quote:
            if char == "\\":
                position += 1
            elif char == quote:
                quote = ""
        elif char in "\"'":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return code[start : position + 1]
        position += 1
    return ""


def strings_at(data: Any, keys: set[str] | None, is_wanted: bool = True) -> Iterator[str]:
    """Yield the strings of nested data that stand under a key; under any key where none are named."""
    if isinstance(data, str):
        if is_wanted:
            yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings_at(value, keys, keys is None or key in keys)
    elif isinstance(data, list):
        for value in data:
            yield from strings_at(value, keys, keys is None)


def collect_data(found: Collection) -> None:
    """Collect labels and hints of layouts, and the front end's messages."""
    for path in sorted(PACKAGE.glob("*/layouts/*.toml")):
        for text in strings_at(tomllib.loads(path.read_text("utf-8")), LAYOUT_KEYS):
            found.add(Sentence(text), str(path.relative_to(PROJECT)))
    for path in sorted(PACKAGE.glob("investigations/templates/*.toml")):
        for text in strings_at(tomllib.loads(path.read_text("utf-8")), {"label"}):
            found.add(Sentence(text), str(path.relative_to(PROJECT)))
    for path in sorted(PACKAGE.glob("*/mappings/*.toml")):
        for text in strings_at(tomllib.loads(path.read_text("utf-8")), {"title", "why"}):
            found.add(Sentence(text), str(path.relative_to(PROJECT)))
    frontend = [path for path in (PROJECT / "frontend").rglob("messages.json") if "node_modules" not in path.parts]
    for path in sorted([*PACKAGE.rglob("messages.json"), *frontend]):
        for text in strings_at(json.loads(path.read_text("utf-8")), None):
            found.add(Sentence(text), str(path.relative_to(PROJECT)))


def collect_catalogues(found: Collection) -> None:
    """Collect what rooms register at start: findings, errors, permissions."""
    from opencen.accounts.permissions import PERMISSIONS  # noqa: PLC0415 - after Django is set up
    from opencen.formats.format import formats  # noqa: PLC0415 - as above
    from opencen.records.texts import known_texts  # noqa: PLC0415 - as above

    for code, text in known_texts().items():
        found.add(Sentence(text.message), f"text {code}")
        found.add(Sentence(text.right), f"text {code}")
    for name, member in formats().items():
        found.add(Sentence(getattr(member, "title", "")), f"format {name}")
    for permission in PERMISSIONS:
        found.add(Sentence(permission.label), f"permission {permission.code}")


def collect() -> Collection:
    """Collect every sentence of the product."""
    found = Collection()
    for path in sorted(PACKAGE.rglob("*.py")):
        collect_python(found, path)
    for path in sorted(PACKAGE.rglob("*.html")):
        collect_template(found, path)
    collect_data(found)
    collect_catalogues(found)
    return found


def read_part_files(language: str) -> Iterator[tuple[str, Sentence, polib.POEntry]]:
    """Read every translation with the name of its room's file."""
    for path in sorted((LOCALE / "parts" / language).glob("*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            yield path.name, Sentence(entry.msgid, entry.msgid_plural, entry.msgctxt or ""), entry


def read_parts(language: str) -> dict[Sentence, polib.POEntry]:
    """Read the rooms' translations; of two the first is taken."""
    entries: dict[Sentence, polib.POEntry] = {}
    for _, key, entry in read_part_files(language):
        entries.setdefault(key, entry)
    return entries


def find_conflicts(language: str) -> Iterator[str]:
    """Name each sentence that two rooms translate in different words."""
    first: dict[Sentence, tuple[str, str, dict[int, str]]] = {}
    for name, key, entry in read_part_files(language):
        known = first.setdefault(key, (name, entry.msgstr, entry.msgstr_plural))
        if known[1:] != (entry.msgstr, entry.msgstr_plural):
            yield f"{name}: {known[0]} translates {entry.msgid!r} as {known[1]!r}, not {entry.msgstr!r}"


def placeholders(text: str) -> set[str]:
    """Find what a translation must keep."""
    return {found for found in PLACEHOLDER.findall(text) if found.startswith(("%(", "{", "%s", "%d"))}


def count_plurals(language: str) -> int:
    """Tell how many forms a language has for what is counted."""
    return int(re.search(r"nplurals=(\d)", PLURALS[language])[1])  # type: ignore[index]  # every row above has it


def find_faults(found: Collection, parts: dict[Sentence, polib.POEntry], language: str = "fr") -> Iterator[str]:
    """Name each sentence that is not translated, or whose translation lost a placeholder or a form."""
    for sentence, places in found.places.items():
        entry = parts.get(sentence)
        written = (list(entry.msgstr_plural.values()) or [entry.msgstr]) if entry else [""]
        forms = count_plurals(language) if sentence.plural else 1
        if not all(written) or len(written) != forms:
            yield f"{places[0]}: not translated: {sentence.text!r}"
            continue
        wanted = placeholders(sentence.text) | placeholders(sentence.plural)
        for text in written:
            if extra := placeholders(text) ^ wanted if not sentence.plural else placeholders(text) - wanted:
                yield f"{places[0]}: placeholders differ in {sentence.text!r}: {', '.join(sorted(extra))}"


def find_list_faults(language: str) -> Iterator[str]:
    """Name each list without a title, and each code without a label, in a language."""
    from opencen.codelists.catalogue import get_shipped, shipped_names  # noqa: PLC0415 - after Django is set up

    own = {path.stem for path in CODELISTS.glob("*.csv")} | {"country", "currency"}
    for name in shipped_names():
        codes = get_shipped(name)
        if codes is None:
            continue
        if language not in codes.titles:
            yield f"codelists/data/{language}/_titles.csv: {name}: no title: {codes.title()!r}"
        for code in codes if name in own else ():
            if not code.labels.get(language):
                yield f"codelists/data/{language}/{name}.csv: {code.code}: no label: {code.label()!r}"


def make_pseudo(text: str) -> str:
    """Turn each word around, right to left, and leave what a program fills in as it is."""
    parts: list[str] = []
    position = 0
    for match in [*PLACEHOLDER.finditer(text), None]:
        plain = text[position : match.start() if match else len(text)]
        parts.append(re.sub(r"\w[\w'’-]*", lambda word: f"\u200f\u202e{word[0]}\u202c\u200f", plain))
        if match:
            parts.append(match[0])
            position = match.end()
    return "".join(parts)


def make_catalogue(language: str) -> polib.POFile:
    """Start a catalogue."""
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Project-Id-Version": "opencen",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def is_stale(language: str) -> bool:
    """Tell whether a room's translations are newer than the compiled catalogue."""
    compiled = LOCALE / language / "LC_MESSAGES" / "django.mo"
    parts = [path.stat().st_mtime for path in (LOCALE / "parts" / language).glob("*.po")]
    return bool(parts) and (not compiled.exists() or compiled.stat().st_mtime < max(parts))


def write_catalogue(catalogue: polib.POFile, language: str) -> None:
    """Write a catalogue as text and compiled; each file is replaced whole, for tests may be reading it."""
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=LOCALE) as draft:
        catalogue.save(f"{draft}/django.po")
        catalogue.save_as_mofile(f"{draft}/django.mo")
        for name in ("django.po", "django.mo"):
            os.replace(f"{draft}/{name}", folder / name)


def join(language: str) -> int:
    """Join the parts of a language."""
    catalogue = make_catalogue(language)
    parts = read_parts(language)
    for key in sorted(parts, key=lambda sentence: (sentence.text, sentence.context)):
        catalogue.append(parts[key])
    write_catalogue(catalogue, language)
    return len(parts)


def write_pseudo(sentences: Iterable[Sentence]) -> None:
    """Write the pseudo locale that shows what right-to-left pages do, and what is not translatable."""
    catalogue = make_catalogue(PSEUDO)
    for sentence in sorted(sentences, key=lambda found: (found.text, found.context)):
        entry = polib.POEntry(msgid=sentence.text, msgid_plural=sentence.plural, msgctxt=sentence.context or None)
        if sentence.plural:
            entry.msgstr_plural = {0: make_pseudo(sentence.text), 1: make_pseudo(sentence.plural)}
        else:
            entry.msgstr = make_pseudo(sentence.text)
        catalogue.append(entry)
    write_catalogue(catalogue, PSEUDO)


def list_missing(found: Collection, languages: Iterable[str]) -> list[str]:
    """Name everything that is not translated, or translated in two ways, with the language before it."""
    faults = []
    for language in languages:
        parts = read_parts(language)
        named = (*find_faults(found, parts, language), *find_conflicts(language), *find_list_faults(language))
        unsaid = sorted(sentence.text for sentence in set(parts) - set(found.places))
        faults += [f"{language}: {fault}" for fault in (*named, *(f"nobody says {text!r}" for text in unsaid))]
    return faults


def set_up() -> None:
    """Set Django up on no installation, to read what rooms register."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
    os.environ.setdefault("OPENCEN_HOME", tempfile.gettempdir() + "/opencen-no-home")
    django.setup()


def main(arguments: list[str]) -> int:
    """Join and compile, or name what is missing."""
    set_up()
    found = collect()
    if "--missing" in arguments:
        named = [language for language in arguments if language in LANGUAGES]
        faults = list_missing(found, named or LANGUAGES)
        print("\n".join(faults) or "every sentence is translated")
        return 1 if faults else 0
    counts = ", ".join(f"{language} {join(language)}" for language in LANGUAGES)
    write_pseudo(found.places)
    print(f"{len(found.places)} sentences; translated: {counts}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
