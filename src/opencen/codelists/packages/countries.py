"""Countries and currencies: ISO 3166-1 and ISO 4217 from pycountry, names in every language from CLDR (Babel)."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

import pycountry
from babel import Locale
from babel.numbers import get_currency_precision, get_currency_symbol

from opencen.codelists.datafile import list_files, read_list
from opencen.codelists.lists import Code, CodeList
from opencen.codelists.spellings import CURRENCIES, OTHER_NAMES, PLAIN_NAMES, SPELLINGS
from opencen.kernel.languages import LANGUAGES
from opencen.kernel.text import fold

VERSION = "2026-01-01"


def load_countries() -> CodeList:
    """Load every country and territory, with its WCO region and RILO perimeter."""
    regions = {name: _membership(name) for name in ("wco_region", "rilo")}
    codes = {country.alpha_2: _read_country(country, regions) for country in pycountry.countries}
    for code, labels in OTHER_NAMES.items():
        found = {name: members[code] for name, members in regions.items() if code in members}
        attributes = {**found, **({"silence": code} if code == "unknown" else {})}
        codes[code] = Code(code, labels=labels, attributes=attributes, aliases={"en": SPELLINGS.get(code, ())})
    titles = {"en": "Country", "fr": "Pays"}
    return CodeList("country", VERSION, MappingProxyType(dict(sorted(codes.items()))), titles, "ISO 3166-1, CLDR")


def load_currencies() -> CodeList:
    """Load every current currency, with its number and decimal places."""
    codes = {currency.alpha_3: _read_currency(currency) for currency in pycountry.currencies}
    titles = {"en": "Currency", "fr": "Devise"}
    return CodeList("currency", VERSION, MappingProxyType(dict(sorted(codes.items()))), titles, "ISO 4217, CLDR")


def _membership(name: str) -> dict[str, str]:
    """Return the region of each country."""
    regions = read_list(list_files()[name])
    return {country: region.code for region in regions for country in region.attributes["countries"]}


def _read_country(country: Any, regions: dict[str, dict[str, str]]) -> Code:
    code: str = country.alpha_2
    usual = {lang: Locale(lang).territories.get(code, country.name) for lang in LANGUAGES}
    labels = {lang: PLAIN_NAMES.get((code, lang), usual[lang]) for lang in LANGUAGES}
    other = [
        usual["en"],
        country.name,
        getattr(country, "common_name", ""),
        getattr(country, "official_name", ""),
        country.alpha_3,
        *SPELLINGS.get(code, ()),
    ]
    aliases = {lang: distinct([usual[lang]], labels[lang]) for lang in LANGUAGES} | {
        "en": distinct(other, labels["en"])
    }
    attributes = {"alpha3": country.alpha_3, "numeric": country.numeric}
    attributes.update((name, members[code]) for name, members in regions.items() if code in members)
    return Code(code, labels=labels, attributes=attributes, aliases=aliases)


def _read_currency(currency: Any) -> Code:
    code: str = currency.alpha_3
    labels = {lang: Locale(lang).currencies.get(code, currency.name) for lang in LANGUAGES}
    english = distinct([currency.name, *CURRENCIES.get(code, ())], labels["en"])
    symbol = get_currency_symbol(code, "en")
    attributes = {"numeric": currency.numeric, "decimals": get_currency_precision(code), "symbol": symbol}
    return Code(code, labels=labels, attributes=attributes, aliases={"en": english})


def distinct(texts: Iterable[str], label: str) -> tuple[str, ...]:
    """Return the texts that say something else than the label, each once."""
    seen = {fold(label), ""}
    kept: list[str] = []
    for text in texts:
        if fold(text) not in seen:
            seen.add(fold(text))
            kept.append(text)
    return tuple(kept)


LISTS = {"country": (VERSION, load_countries), "currency": (VERSION, load_currencies)}
