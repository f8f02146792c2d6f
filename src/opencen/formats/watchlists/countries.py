"""Countries as published lists write them, as codes."""

from __future__ import annotations

from functools import cache

from opencen.codelists.catalogue import resolve

# What the lists write that no code list has as a label or an alias.
_WRITTEN = {
    "burma": "MM",
    "congo, democratic republic of the": "CD",
    "congo, republic of the": "CG",
    "cote d ivoire": "CI",
    "czech republic": "CZ",
    "gambia, the": "GM",
    "iran (islamic republic of)": "IR",
    "korea, north": "KP",
    "korea, south": "KR",
    "kosovo": "",
    "libyan arab jamahiriya": "LY",
    "macau": "MO",
    "macedonia, the former yugoslav republic of": "MK",
    "palestinian": "PS",
    "palestinian territories": "PS",
    "west bank": "PS",
    "gaza": "PS",
    "swaziland": "SZ",
    "syrian arab republic": "SY",
    "the bahamas": "BS",
    "bahamas, the": "BS",
    "uk": "GB",
    "united states of america": "US",
    "venezuela (bolivarian republic of)": "VE",
    "virgin islands, british": "VG",
    "british virgin islands": "VG",
    "democratic people's republic of korea": "KP",
    "republic of korea": "KR",
    "united kingdom of great britain and northern ireland": "GB",
}


@cache
def country_code(text: str) -> str:
    """Return the code of a country as a list writes it; empty where it is none, such as a region."""
    plain = " ".join(text.split()).strip(" .")
    if not plain:
        return ""
    written = _WRITTEN.get(plain.lower().replace("’", "'"))
    if written is not None:
        return written
    found = resolve("country", plain, ("en", "fr", "es"))
    return found.code if found is not None else ""
