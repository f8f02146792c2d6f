"""How people say the name of a field: with or without the article, the small words, the plural, in their language."""

from __future__ import annotations

from collections.abc import Iterator

ARTICLE = "ال"
SHORTEST_STEM = 3
SMALL = frozenset(
    (*("a", "an", "of", "the"), *("d", "de", "des", "du", "l", "la", "le", "les"),
     *("da", "das", "del", "do", "dos", "el", "las", "los", "o", "os"))
)  # fmt: skip
# Words of the trade in French, Spanish, Portuguese and Arabic for fields whose label says it otherwise.
SPOKEN: dict[str, tuple[str, ...]] = {
    "person": ("personne", "persona", "pessoa", "شخص"),
    "company": ("société", "entreprise", "empresa", "sociedad", "sociedade", "شركة"),
    "vessel": ("navire", "bateau", "buque", "barco", "navio", "سفينة", "مركب"),
    "flight": ("vol", "vuelo", "voo", "رحلة"),
    "birth": (
        *("born", "dob", "yob", "né", "née", "naissance", "nacido", "nacida", "nacimiento"),
        *("nascido", "nascida", "nascimento", "مواليد", "ولد", "ولدت", "ميلاد", "ولادة"),
    ),
    "phone": ("téléphone", "tél", "teléfono", "telefone", "هاتف"),
    "place": ("lieu", "port", "lugar", "puerto", "porto", "local", "مكان", "ميناء"),
    "mode": ("moyen", "medio", "meio", "وسيلة"),
    "container": ("container", "contenedor", "contentor", "حاوية", "كونتينر"),
    "plate": ("immatriculation", "placa", "matrícula", "لوحة", "رقم اللوحة"),
    "consignee": ("importateur", "importador", "مستورد", "مرسل إليه"),
    "consignor": ("exportateur", "remitente", "exportador", "remetente", "مصدر", "مرسل"),
    "imo": ("omi",),
    "bl": ("connaissement", "conocimiento", "conhecimento", "بوليصة"),
    "awb": ("lta",),
    "declaration": ("déclaration", "declaración", "declaração", "بيان", "تصريح"),
    "from": ("du", "depuis", "desde", "من"),
    "to": ("au", "à", "hasta", "até", "إلى", "حتى"),
    "photos": ("photo", "fotos", "foto", "imagenes", "صور", "صورة"),
    "quality": ("qualité", "calidad", "qualidade", "complétude", "جودة", "اكتمال"),
}


def variants(name: str) -> Iterator[str]:
    """Yield the other ways in which a folded name is said; words stand between underscores."""
    words = name.split("_")
    forms = [words]
    bare = [_without_article(word) for word in words]
    if bare != words:
        forms += [bare, [bare[0], *words[1:]]]
    elif not name.isascii() and _is_arabic(words[0]):
        forms += [[f"{ARTICLE}{words[0]}", *words[1:]], [f"{ARTICLE}{word}" for word in words]]
    short = [word for word in words if word not in SMALL]
    if short and short != words:
        forms.append(short)
    for form in forms:
        yield "_".join(form)
        if name.isascii():
            yield "_".join(_without_plural(word) for word in form)
            yield "_".join((*form[:-1], f"{form[-1]}s"))


def _without_article(word: str) -> str:
    is_long = len(word) >= len(ARTICLE) + SHORTEST_STEM
    return word[len(ARTICLE) :] if word.startswith(ARTICLE) and is_long else word


def _without_plural(word: str) -> str:
    return word.removesuffix("s") if len(word) > SHORTEST_STEM else word


def _is_arabic(word: str) -> bool:
    return "\u0621" <= word[:1] <= "\u064a"
