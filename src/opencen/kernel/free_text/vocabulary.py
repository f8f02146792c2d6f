"""Words that introduce a name or a place, and words that say a capital means nothing."""

from __future__ import annotations

from opencen.kernel.free_text.words import PARTICLES, Token, common_words, places, read_words

TITLES = read_words("titles")
ROLES = read_words("roles")
ARRESTS = read_words("arrests")
INTRODUCTIONS = TITLES | ROLES | ARRESTS
COMPANY_LABELS = read_words("company_labels")
LEGAL_FORMS_BEFORE = read_words("legal_forms_before")
VESSEL_LABELS = read_words("vessel_labels")
PLACE_NOUNS = read_words("place_nouns")
GENITIVES = read_words("genitives")
WHERE_WORDS = read_words("where_words")


def is_ordinary(token: Token) -> bool:
    """Tell whether a word is no name by itself: a common word or a place."""
    return is_ordinary_word(token.folded) or (token.folded,) in places()


def is_ordinary_word(folded: str) -> bool:
    """Tell whether a folded word is a common one."""
    return folded in common_words() or folded in PARTICLES or folded in PLACE_NOUNS or folded in INTRODUCTIONS
