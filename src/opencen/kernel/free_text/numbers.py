"""Find numbers that identify: plates, telephones, documents, containers, accounts, addresses of the network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from opencen.kernel.check_digits import identifier
from opencen.kernel.free_text.spans import Kind, Span
from opencen.kernel.free_text.words import read_words

Check = Callable[[re.Match[str], str], bool]

# A number before one of these is an amount.
_UNIT = re.compile(
    r"[ \u00a0]?(?:[€$£¥%°]|(?:kgs?|gr?|mg|t|l|ml|cl|hl|kilos?|kilogram\w*|gram\w*|tons?|tonn\w*"
    r"|lit(?:re|er|ro)s?|pcs|pieces?|pièces?|piezas?"
    r"|sticks?|cigar\w*|cartons?|cartouches?|packs?|packets?|packages?|paquets?|cajetillas?|tablets?"
    r"|comprim\w*|pills?|pilules?|pastillas?"
    r"|capsules?|gélules?|bo(?:x|xes|îtes?)|cajas?|units?|unit[ée]s?|unidades?|bottles?|bouteilles?"
    r"|botellas?|eur|euros?|usd|dollars?|dólares?"
    r"|quil[oó]\w*|toneladas?|litros?|peças?|maços?|pacotes?|caixas?|embalagens|garrafas?|fardos?|volumes?|cápsulas?"
    r"|kwanzas?|meticais|escudos?|reais|dias?|anos|pessoas?|apreens(?:ão|ões)|casos?|por cento"
    r"|tnd|dinars?|dt|mad|dzd|dirhams?|gbp|pounds?|francs?|fcfa|xof|km|m[23²³]?|met\w+|mètres?|metros?"
    r"|hours?|heures?|horas?|days?|jours?|días?"
    r"|years?|ans?|années?|años?|cases?|seizures?|saisies?|persons?|people|personnes|personas|millions?|mille|percent"
    r"|кг|г|гр|грамм\w*|килограмм\w*|тонн\w*|литр\w*|шт\w*|пач\w*|рубл\w*|руб|доллар\w*|евро|таблет\w*|сигарет\w*"
    r"|كغ|كلغ|كيلوغرام\w*|غرام\w*|طن|لتر|دينار\w*|درهم|دولار|قرص\w*|حبة|سيجارة|علب\w*|قطعة)\b)",
    re.IGNORECASE,
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[€$£¥]|\b(?:EUR|USD|TND|GBP|MAD|DZD|CHF|HS|SH|TARIC|NC|UN|HTS))[ \u00a0]?(?:code)?[ :]*$", re.IGNORECASE
)
_NOT_PLATES = frozenset(code.upper() for code in read_words("not_plates"))

_NUMBER_WORD = (
    r"(?:\s*(?:n[o°º]s?\.?|number|num\.?|numéro|numero|número|#|№|номер|رقم|عدد)(?:(?![^\W\d_])"
    r"|(?=[\u0621-\u064a]\d)))?\s*[:=#(]?\s*"
)
_PHONE_LABEL = (
    r"(?:tel|tél|téléphone|telephone|phone|mobile|mob|gsm|cell|portable|whatsapp|viber|signal|fax"
    r"|teléfono|telefono|tfno|tlf|móvil|movil"
    r"|celular|telefone|telef|telem[oó]vel|و?(?:ال)?هاتف(?:ه|ها)?|جوال|تلفون|тел|телефон|моб|телефону)"
)
_PLATE_LABEL = (
    r"(?:(?:number |licen[cs]e )?plates?|registration|reg|registered|immatricul\w+|plaques?"
    r"|matr[ií]culas?|matriculad[oa]|placas?|chapas?(?: de matr[ií]cula)?"
    r"|لوحة(?: منجمية)?|اللوحة|منجمي|гос\.?\s?номер\w*|номерн\w+ знак\w*|регистрационн\w+ (?:номер|знак)\w*)"
)
_DOCUMENT_LABEL = (
    r"(?:passports?|passeports?|pasaportes?|паспорт\w*|جواز (?:ال)?سفر\w*|CIN|CNI"
    r"|carte d['’]identité(?: nationale)?|identity (?:card|document)"
    r"|ID(?: card)?|national id|DNI|NIE|NIF|cédula|cedula|permis(?: de conduire)?|driv\w+ licen[cs]e"
    r"|licen[cs]e|permiso de conducir"
    r"|passaportes?|bilhete de identidade|BI|cart[ãa]o de cidad[ãa]o|c[ée]dula de identidade|carteira de identidade"
    r"|carta de condu[çc][ãa]o|carteira de motorista|t[íi]tulo de resid[êe]ncia|NUIT|CPF|CNPJ|CNH|RG"
    r"|conhecimento de embarque"
    r"|بطاقة (?:ال)?تعريف(?: (?:ال)?وطنية)?|رخصة(?: سياقة)?|(?:водительск\w+ )?удостоверени\w+|СНИЛС|ИНН"
    r"|residence permit|carte de séjour"
    r"|titre de séjour|visas?|matricule fiscale?|tax id|TIN|VAT|EORI|SSN|B/?L|bill of lading"
    r"|connaissement|HAWB|LTA|MRN|DUM|CMR|TIR)"
)
_WEAK_LABEL = (
    r"(?:case|dossier|ref\w*|réf\w*|declaration|déclaration|declaración|declaração|processo|auto|file|PV|procès-verbal|expediente"
    r"|invoice|facture|factura|fatura|seal|scellé|precinto|selo)"
)
_MARK = r"\s*(?:n[o°º]s?\.?|number|numéro|número|#|№|:)\s*[:#]?\s*"
_CODE = r"(?-i:[\u0621-\u064a]?[A-ZА-Я0-9][A-ZА-Я0-9/\-]*(?:[ ](?=[A-ZА-Я0-9/\-]*\d)[A-ZА-Я0-9/\-]+){0,4})"
_PLATE_CODE = (
    r"(?-i:(?:[A-ZА-Я0-9]{1,9}|[\u0621-\u064a]{1,4})(?:[ \-|](?:[A-ZА-Я0-9]{1,8}"
    r"|[\u0621-\u064a]{1,4})(?![a-zа-я])){0,3})"
)
_VEHICLE = (
    r"(?:vehicle|car|truck|lorry|van|motorcycle|trailer|voiture|véhicule|camion|fourgon|remorque|moto"
    r"|coche|vehículo|camión|furgoneta"
    r"|viatura|veículo|camião|carrinha|carro|reboque|caminhão"
    r"|سيارة|شاحنة|автомобил\w+|машин\w+|грузовик\w*)"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Pair a pattern with what it finds; group 1, where there is one, is the number itself."""

    kind: Kind
    why: str
    pattern: re.Pattern[str]
    check: Check | None = None


def find_numbers(text: str) -> list[Span]:
    """Find every number and address that identifies, whichever digits it is written in."""
    plain = _write_digits_plain(text)
    found: list[Span] = []
    for rule in _RULES:
        for match in rule.pattern.finditer(plain):
            group = 1 if rule.pattern.groups else 0
            start, end = match.span(group)
            end -= len(plain[start:end]) - len(plain[start:end].rstrip(" .-/("))
            if rule.check is None or rule.check(match, plain):
                found.append(Span(start, end, rule.kind, text[start:end], rule.why))
    return _keep_strongest(found)


def _keep_strongest(found: list[Span]) -> list[Span]:
    """Keep, of overlapping findings, the one whose rule stands first; the rules are in that order."""
    kept: list[Span] = []
    for span in found:
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return kept


def _write_digits_plain(text: str) -> str:
    """Write every digit in ASCII, letter for letter, so that places stay the same."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else " " if c in "\u00a0\u202f" else c for c in text)


def _rule(kind: Kind, why: str, pattern: str, check: Check | None = None, flags: re.RegexFlag = re.NOFLAG) -> _Rule:
    return _Rule(kind, why, re.compile(pattern, flags), check)


def _is_valid(name: str) -> Check:
    kind = identifier(name)
    return lambda match, text: kind.is_valid(match[1] if match.re.groups else match[0])


def _has_digits(least: int) -> Check:
    return lambda match, text: sum(c.isdigit() for c in match[1] if c) >= least


def _is_phone(match: re.Match[str], text: str) -> bool:
    digits = sum(c.isdigit() for c in match[0])
    return 8 <= digits <= 16


def _is_no_amount(match: re.Match[str], text: str) -> bool:
    return not _UNIT.match(text, match.end()) and not _AMOUNT_BEFORE.search(
        text, max(0, match.start() - 12), match.start()
    )


def _is_spanish_plate(match: re.Match[str], text: str) -> bool:
    return match[0][-3:] not in _NOT_PLATES and _is_no_amount(match, text)


def _is_vehicle_number(match: re.Match[str], text: str) -> bool:
    digits = sum(c.isdigit() for c in match[0])
    return 4 <= digits <= 14 and identifier("vin").is_valid(match[0])


def _is_card(match: re.Match[str], text: str) -> bool:
    """Tell whether digits satisfy the check of payment cards (ISO/IEC 7812, Luhn)."""
    digits = [int(c) for c in match[0] if c.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _is_long_number(match: re.Match[str], text: str) -> bool:
    digits = match[0]
    return _is_no_amount(match, text) and not (len(digits) == 8 and _is_day(digits))


def _is_day(digits: str) -> bool:
    orders = ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2]))
    for year, month, day in orders:
        if not 1990 <= int(year) <= 2100:
            continue
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            continue
        return True
    return False


_I = re.IGNORECASE
# In order of strength: where two overlap, the first one stands.
_RULES: tuple[_Rule, ...] = (
    _rule("email", "pattern", r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"),
    _rule("online", "pattern", r"(?:https?://|www\.)[^\s<>\"]+", flags=_I),
    _rule("online", "pattern", r"(?<![\w@.])@[A-Za-z_][\w.]{3,}"),
    _rule("account", "check_digit", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", _is_valid("iban")),
    _rule("account", "check_digit", r"(?<![\w-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?!\w)", _is_card),
    _rule("account", "pattern", r"\b(?:bc1[a-z0-9]{25,60}|0x[a-fA-F0-9]{40}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b"),
    _rule("container", "check_digit", r"\b[A-Z]{3}[UJZ][ -]?\d{6}[ -]?\d\b", _is_valid("iso6346"), _I),
    _rule("container", "pattern", r"\b[A-Z]{3}[UJZ][ -]?\d{6}(?:[ -]?\d)?\b"),
    _rule("vessel", "label", r"\bIMO\s*(?:no\.?|number|n°)?\s*[:#]?\s*\d{7}\b", flags=_I),
    _rule("vessel", "label", r"\bMMSI\s*(?:no\.?|number|n°)?\s*[:#]?\s*\d{9}\b", flags=_I),
    _rule("document", "check_digit", r"\b[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?[A-Z]{2}\b", _is_valid("s10")),
    _rule("document", "check_digit", r"\b\d{3}-\d{4} ?\d{4}\b", _is_valid("iata_awb")),
    _rule("document", "pattern", r"\b[PIVA][A-Z<][A-Z]{3}[A-Z<]{5,}[A-Z0-9<]*"),
    _rule("plate", "vehicle_number", r"\b[A-HJ-NPR-Z0-9]{17}\b", _is_vehicle_number),
    _rule("phone", "label", rf"\b{_PHONE_LABEL}\b\.?{_NUMBER_WORD}((?:\+|\()?\d[\d\s().\-/]{{5,20}}\d)", flags=_I),
    _rule("phone", "pattern", r"(?<![\w+])(?:\+|00)\s?\(?[1-9]\d{0,2}\)?(?:[\s().\-/]{0,3}\d){6,13}(?!\w)", _is_phone),
    _rule(
        "account",
        "label",
        rf"\b(?:account|a/c|compte|RIB|cuenta|счет|счёт|حساب"
        rf"|الحساب)\b{_NUMBER_WORD}((?-i:[A-Z0-9])[\dA-Z -]{{6,30}}\d)",
        _has_digits(6),
        _I,
    ),
    _rule("document", "label", rf"\b{_DOCUMENT_LABEL}(?!\w)\.?{_NUMBER_WORD}({_CODE})", _has_digits(4), _I),
    _rule(
        "plate",
        "label",
        rf"\b{_PLATE_LABEL}(?!\w)\.?(?: (?:sous le|bajo el|en))?{_NUMBER_WORD}({_PLATE_CODE})",
        _has_digits(2),
        _I,
    ),
    _rule("plate", "pattern", r"(?<!\w)\d{1,3}\s?(?:TUN|TU|تونس)\s?\d{1,4}(?!\w)", flags=_I),
    _rule("plate", "pattern", r"(?<!\w)\d{1,4}\s?تونس\s?\d{1,3}(?!\w)"),
    _rule("plate", "pattern", r"\bRS ?\d{4,6}\b"),
    _rule("plate", "pattern", r"\b[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}\b", _is_no_amount),
    _rule("plate", "pattern", r"(?<!\w)\d{1,5} ?[-|] ?[A-Z\u0621-\u064a] ?[-|] ?\d{1,2}(?!\w)"),
    _rule("plate", "pattern", r"(?<![\w-])\d{5,6}[- ]\d{3}[- ]\d{2}(?![\w-])", _is_no_amount),
    _rule("plate", "pattern", r"(?<![\w.,-])\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}(?!\w)", _is_spanish_plate),
    _rule("plate", "pattern", r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", _is_spanish_plate),
    _rule("plate", "pattern", r"\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{2,4}[EH]?\b"),
    _rule("plate", "pattern", r"(?<!\w)[АВЕКМНОРСТУХ] ?\d{3} ?[АВЕКМНОРСТУХ]{2} ?\d{2,3}(?!\w)", flags=_I),
    _rule("plate", "pattern", r"\b[A-Z]{2} ?\d{4} ?[A-Z]{2}\b", _is_no_amount),
    _rule(
        "plate",
        "vehicle",
        rf"\b{_VEHICLE}\b[^.;\n\d]{{0,40}}?\b((?-i:(?=[A-Z-]*\d[\dA-Z-]*\d)(?=[\d-]*[A-Z])[A-Z0-9-]{{5,10}}))\b",
        flags=_I,
    ),
    _rule("document", "label", rf"\b{_WEAK_LABEL}{_MARK}({_CODE})", _has_digits(4), _I),
    _rule("document", "pattern", r"\b[A-Z]{1,2}\d{6,9}\b"),
    _rule("document", "pattern", r"\b(?:[XYZ]\d{7}|\d{8}) ?-?[A-HJ-NP-TV-Z]\b", _is_no_amount),
    _rule("phone", "pattern", r"(?<![\w.,])0\d(?:[ .\-]?\d{2}){4}(?!\w)", _is_no_amount),
    _rule("phone", "pattern", r"(?<![\w.,])0\d{2,3} \d{3} \d{3,4}(?!\w)", _is_no_amount),
    _rule("phone", "pattern", r"\(\d{2,4}\) ?\d{3,4}[ .\-]?\d{3,4}(?!\w)", _is_no_amount),
    _rule(
        "phone",
        "pattern",
        r"(?<![\w.,-])(?:\d{3}[-.]\d{3}[-.]\d{4}|\d{2} \d{3} \d{3}|\d{2}(?:[ .]\d{2}){3})(?![\w,.]\d|\w| \d)",
        _is_no_amount,
    ),
    _rule("document", "long_number", r"(?<![\w.,/-])\d{8,}(?![\w/-]|[.,]\d)", _is_long_number),
)
