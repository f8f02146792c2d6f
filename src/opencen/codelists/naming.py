"""Read what kind of airport a name tells of, and say it in each language around the proper name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opencen.kernel.languages import LANGUAGES, SOURCE
from opencen.kernel.text import fold

AIRPORT = "airport"
WORDING: Mapping[str, Mapping[str, str]] = {
    AIRPORT: {"fr": "Aéroport {}", "es": "Aeropuerto {}", "pt": "Aeroporto {}", "ar": "مطار {}"},
    "international": {
        "fr": "Aéroport international {}",
        "es": "Aeropuerto Internacional {}",
        "pt": "Aeroporto Internacional {}",
        "ar": "مطار {} الدولي",
    },
    "regional": {
        "fr": "Aéroport régional {}",
        "es": "Aeropuerto Regional {}",
        "pt": "Aeroporto Regional {}",
        "ar": "مطار {} الإقليمي",
    },
    "municipal": {
        "fr": "Aéroport municipal {}",
        "es": "Aeropuerto Municipal {}",
        "pt": "Aeroporto Municipal {}",
        "ar": "مطار {} البلدي",
    },
    "national": {
        "fr": "Aéroport national {}",
        "es": "Aeropuerto Nacional {}",
        "pt": "Aeroporto Nacional {}",
        "ar": "مطار {} الوطني",
    },
    "domestic": {
        "fr": "Aéroport intérieur {}",
        "es": "Aeropuerto Doméstico {}",
        "pt": "Aeroporto Doméstico {}",
        "ar": "مطار {} الداخلي",
    },
    "executive": {
        "fr": "Aéroport d’affaires {}",
        "es": "Aeropuerto Ejecutivo {}",
        "pt": "Aeroporto Executivo {}",
        "ar": "مطار {} لطيران الأعمال",
    },
    "memorial": {
        "fr": "Aéroport commémoratif {}",
        "es": "Aeropuerto Memorial {}",
        "pt": "Aeroporto Memorial {}",
        "ar": "مطار {} التذكاري",
    },
    "air_base": {
        "fr": "Base aérienne {}",
        "es": "Base aérea {}",
        "pt": "Base Aérea {}",
        "ar": "قاعدة {} الجوية",
    },
    "naval": {
        "fr": "Base aéronavale {}",
        "es": "Base aeronaval {}",
        "pt": "Base Aeronaval {}",
        "ar": "قاعدة {} الجوية البحرية",
    },
    "military": {
        "fr": "Aérodrome militaire {}",
        "es": "Aeródromo militar {}",
        "pt": "Aeródromo Militar {}",
        "ar": "مطار {} العسكري",
    },
    "heliport": {"fr": "Héliport {}", "es": "Helipuerto {}", "pt": "Heliporto {}", "ar": "مهبط المروحيات {}"},
    "seaplane": {
        "fr": "Base d’hydravions {}",
        "es": "Base de hidroaviones {}",
        "pt": "Base de Hidroaviões {}",
        "ar": "قاعدة {} للطائرات المائية",
    },
    "airfield": {"fr": "Aérodrome {}", "es": "Aeródromo {}", "pt": "Aeródromo {}", "ar": "مهبط الطائرات {}"},
}
# What an English name ends with, the longer first: a name that ends with "Field Airport" is an airport.
_ENDINGS = (
    ("naval", r"naval air station( airport)?|naval station airport|naval air facility|nas airport"),
    ("military", r"army (airfield|air field|heliport)( airport)?"),
    ("air_base", r"(air|space) force base( airport)?|afb( airport)?|air ?base( airport)?|ab airport"),
    ("air_base", r"air force station( airport)?"),
    ("international", r"int(ernational|'?l\.?)( airport\.?)?"),
    ("regional", r"regional( airport)?"),
    ("municipal", r"municipal( airport)?"),
    ("national", r"(national|ntl) airport"),
    ("domestic", r"domestic airport"),
    ("executive", r"executive airport"),
    ("memorial", r"memorial airport"),
    ("seaplane", r"sea ?plane base|water aerodrome"),
    ("heliport", r"heliport"),
    ("airfield", r"air ?field|aerodrome|(air|landing) ?strip|air ?park|field"),
    (AIRPORT, r"airport\.?"),
)
_ENDING = tuple((kind, re.compile(rf"(?i)[\s,]+(?:{words})$")) for kind, words in _ENDINGS)
_INSIDE = re.compile(
    r"(?i)\s*\b(?:(int(?:ernational|l|cntl))|regional)?\s*\bairport\b|\s*\b(int(?:ernational|l|cntl))\b"
)
_QUALIFIED = re.compile(
    r"(?i)^(?P<before>.+?)\s(?P<kind>int(?:ernational|l|cntl)|regional|municipal)"
    r"(?P<after>\s?[/-]\s?.+|\sat\s.+|\sair ?park)$"
)
_AFTER = re.compile(r"(?i)\s?(?:airport|air ?park)$")
_REMARK = re.compile(r"\s\([^()]+\)$")
_BEGINNING = re.compile(r"(?i)^(?:nuevo )?aeropuerto (?P<is_far>internacional )?(?:de )?")
_ABBREVIATED = ((" Afb", " AFB"), (" Ntl ", " National "), (" Intl", " International"))
_VOWELS = "aeiouœ"
_AIRPORT_WORDS = frozenset((
    "airport", "airports", "apt", "aerodrome", "airfield", "aeroport", "aeropuerto", "aeroporto", "aerodromo",
    "heliport", "heliporto", "helipuerto", "مطار", "المطار",
))  # fmt: skip
_BASE_WORDS = frozenset(("base", "airbase", "قاعده"))
_PORT_WORDS = frozenset((
    "port", "seaport", "harbour", "harbor", "puerto", "porto", "ميناء", "الميناء", "مينا", "مرفا", "مرسي",
))  # fmt: skip
_KIND_WORDS: Mapping[str, frozenset[str]] = {
    "airport": _AIRPORT_WORDS | _BASE_WORDS,
    "port": _PORT_WORDS,
    "place": _AIRPORT_WORDS | _PORT_WORDS,
}
_QUALIFIERS = frozenset((
    "international", "intl", "internacional", "regional", "municipal", "national", "nacional", "domestic", "air",
    "militaire", "militar", "military", "aerienne", "aerea", "executive", "aeronaval", "aeronavale",
    "الدولي", "دولي", "الاقليمي", "البلدي", "الوطني", "الداخلي", "العسكري", "الجويه", "البحري", "التجاري",
))  # fmt: skip
_PARTICLES = frozenset(("de", "d", "du", "des", "do", "da", "of"))
# Cities that Portuguese says with an article.
_PORTUGUESE_ARTICLES = {
    "do": ("Rio", "Porto", "Cairo", "Recife", "Funchal", "Luxemburgo", "Kuwait", "Panamá", "Catar", "México"),
    "da": ("Praia", "Cidade", "Haia", "Ilha", "Guatemala", "Basileia", "Madeira", "Horta", "Beira", "Filadélfia"),
}


@dataclass(frozen=True, slots=True)
class AirportName:
    """What an English name says: the kind of airport, and the proper name."""

    kind: str
    proper: str


def read_airport_name(english: str) -> AirportName:
    """Read an English name of an airport; one without any generic word is a proper name as a whole."""
    english = " ".join(english.split())
    if begun := _BEGINNING.match(english):
        return AirportName("international" if begun["is_far"] else AIRPORT, english[begun.end() :])
    if (remark := _REMARK.search(english)) and remark.start():
        found_before = read_airport_name(english[: remark.start()])
        return AirportName(found_before.kind, found_before.proper + remark[0])
    if said := _QUALIFIED.match(english):
        kind = said["kind"].lower()
        return AirportName(
            "international" if kind.startswith("int") else kind, said["before"] + _AFTER.sub("", said["after"])
        )
    for kind, ending in _ENDING:
        if found := ending.search(english):
            proper = english[: found.start()].removesuffix(" International").strip(" -–,/")
            return _without_inner_words(kind, proper)
    return _without_inner_words(AIRPORT, english)


def _without_inner_words(kind: str, proper: str) -> AirportName:
    """Take the generic words out of the middle of a name: Tirana International Airport Mother Teresa."""
    found = _INSIDE.search(proper) if kind == AIRPORT else None
    if found is None or not (plain := " ".join((proper[: found.start()] + proper[found.end() :]).split())):
        return AirportName(kind, proper)
    return AirportName("international" if found[1] or found[2] else kind, plain.strip(" -–,/"))


def spell_out(english: str) -> str:
    """Write the abbreviations of an English name as words."""
    for short, long in _ABBREVIATED:
        english = re.sub(re.escape(short) + r"(?![a-z])", long, english)
    return " ".join(english.split())


def say_airport(kind: str, proper: str, language: str, *, is_of_city: bool) -> str:
    """Say the generic words of a kind around a proper name; only a city takes a particle: a person's name has none."""
    remark = _REMARK.search(proper)
    plain = proper[: remark.start()] if remark else proper
    named = of_city(plain, language) if is_of_city else plain
    return WORDING[kind][language].format(named) + (remark[0] if remark else "")


def of_city(city: str, language: str) -> str:
    """Join a particle to a city: d'Alger, du Caire, de Londres, do Porto; Arabic needs none."""
    if language == "fr":
        for article, joined in (("Le ", "du "), ("Les ", "des ")):
            if city.startswith(article):
                return joined + city[len(article) :]
        return f"d’{city}" if fold(city)[:1] in _VOWELS else f"de {city}"
    if language == "pt":
        first = re.split(r"[\s-]", city, maxsplit=1)[0]
        particle = next((word for word, cities in _PORTUGUESE_ARTICLES.items() if first in cities), "de")
        return f"{particle} {city}"
    return f"de {city}" if language == "es" else city


def proper_part(query: str, list_name: str) -> str:
    """Take the generic words of an airport or a port, in any language, out of a query; nothing where none stands."""
    kinds = _KIND_WORDS.get(list_name, frozenset())
    words = fold(query).split()
    if kinds.isdisjoint(words):
        return ""
    kept: list[str] = []
    for word in words:
        if word not in kinds and word not in _QUALIFIERS and (kept or word not in _PARTICLES):
            kept.append(word)
    return " ".join(kept)


class ComposedLabels(Mapping[str, str]):
    """The labels of one airport, each said when its language is asked for; `names` are its proper names."""

    __slots__ = ("cities", "english", "names")

    def __init__(self, english: str, names: Mapping[str, str], *, cities: tuple[str, ...]) -> None:
        self.english = english
        self.names = names
        self.cities = cities

    def __getitem__(self, language: str) -> str:
        if language == SOURCE:
            return spell_out(self.english)
        if language not in LANGUAGES:
            raise KeyError(language)
        found = read_airport_name(self.english)
        proper = self.names.get(language) or found.proper
        return say_airport(found.kind, proper, language, is_of_city=_begins_with_any(proper, self.cities))

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def searched(self) -> Iterator[tuple[str, str]]:
        """Yield what is looked for: the English name whole, the other languages' proper names where they differ."""
        yield self.english, SOURCE
        for language, name in self.names.items():
            if language != SOURCE:
                yield name, language


def _begins_with_any(name: str, cities: tuple[str, ...]) -> bool:
    """Tell whether a name is that of a city, or begins with it."""
    words = fold(name).split()
    spelt = (fold(city).split() for city in cities)
    return any(city and words[: len(city)] == city for city in spelt)
