"""Invented names as people of several countries write them: in two scripts, in their own order, with other spellings.

Names are drawn from a number, not from a sequence: who asks for person 17 again gets the same person again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

_MASK = 2**64 - 1
ARABIC_GIVEN = (
    "Mohamed:محمد Ahmed:أحمد Ali:علي Youssef:يوسف Khaled:خالد Omar:عمر Hassan:حسن Hussein:حسين Ibrahim:إبراهيم "
    "Mahmoud:محمود Mustafa:مصطفى Said:سعيد Karim:كريم Tarek:طارق Nabil:نبيل Walid:وليد Rachid:رشيد Jamal:جمال "
    "Fouad:فؤاد Samir:سمير Bilal:بلال Hamza:حمزة Ismail:إسماعيل Zakaria:زكريا Anis:أنيس Lotfi:لطفي Habib:حبيب "
    "Mansour:منصور Nasser:ناصر Adel:عادل Salah:صلاح Yassine:ياسين Abdullah:عبدالله Abdelkader:عبدالقادر "
    "Abderrahman:عبدالرحمن Fatma:فاطمة Amina:أمينة Mariam:مريم Khadija:خديجة Leila:ليلى Salma:سلمى Nadia:نادية "
    "Houda:هدى Samira:سميرة Zeinab:زينب"
)
ARABIC_FAMILY = (
    "Salah:صالح Mejdoub:مجذوب Trabelsi:طرابلسي Gharbi:غربي Jebali:جبالي Hammami:حمامي Bouazizi:بوعزيزي Mabrouk:مبروك "
    "Ayari:عياري Dridi:دريدي Khelifi:خليفي Chaabane:شعبان Ferjani:فرجاني Hamdi:حمدي Mansouri:منصوري Zouari:زواري "
    "Belhaj:بلحاج Haddad:حداد Najjar:نجار Khoury:خوري Masri:مصري Baghdadi:بغدادي Shami:شامي Hijazi:حجازي Turki:تركي "
    "Qasim:قاسم Sabri:صبري Tahiri:طاهري Bennani:بناني Alaoui:علوي Idrissi:إدريسي Fassi:فاسي Berrada:برادة Tazi:تازي "
    "Boumediene:بومدين Bouteflika:بوتفليقة Zerhouni:زرهوني Saadi:سعدي Rahmani:رحماني Amrani:عمراني Othmani:عثماني "
    "Darwish:درويش Sharif:شريف Hakim:حكيم Farouk:فاروق Barakat:بركات Suleiman:سليمان Yaqoub:يعقوب Ghanem:غانم Wehbe:وهبة"
)
ARABIC_PREFIX = (("Ben ", "بن "), ("El ", "ال"), ("", ""), ("", ""), ("Ould ", "ولد "), ("Abu ", "أبو "))
CYRILLIC_GIVEN = (
    "Aleksandr:Александр Dmitri:Дмитрий Sergei:Сергей Ivan:Иван Nikolai:Николай Mikhail:Михаил Andrei:Андрей "
    "Viktor:Виктор Oleg:Олег Igor:Игорь Pavel:Павел Roman:Роман Vladimir:Владимир Yuri:Юрий Anton:Антон Denis:Денис "
    "Maksim:Максим Kirill:Кирилл Stanislav:Станислав Bogdan:Богдан Taras:Тарас Vasil:Васил Georgi:Георги Dragan:Драган "
    "Milan:Милан Nikola:Никола Stefan:Стефан Petar:Петър Timur:Тимур Ruslan:Руслан"
)
CYRILLIC_STEM = (
    "Petr:Петр Ivan:Иван Sidor:Сидор Volk:Волк Kozl:Козл Smirn:Смирн Kuznets:Кузнец Popp:Попп Sokol:Сокол Lebed:Лебед "
    "Moroz:Мороз Orl:Орл Makar:Макар Zakhar:Захар Fedor:Федор Egor:Егор Gromyk:Громык Savch:Савч Bondar:Бондар "
    "Shevch:Шевч Koval:Ковал Tkach:Ткач Melnik:Мельник Kravts:Кравц Hristoz:Христоз Dimitr:Димитр Todor:Тодор "
    "Stoyan:Стоян Markov:Марков Jovan:Йован"
)
CYRILLIC_END = (("ov", "ов"), ("enko", "енко"), ("ovich", "ович"), ("in", "ин"), ("ev", "ев"))
CHINESE_FAMILY = (
    "Wang:王 Li:李 Zhang:张 Liu:刘 Chen:陈 Yang:杨 Huang:黄 Zhao:赵 Wu:吴 Zhou:周 Xu:徐 Sun:孙 Ma:马 Zhu:朱 Hu:胡 Guo:郭 "
    "He:何 Lin:林 Gao:高 Luo:罗"
)
CHINESE_GIVEN = (
    "Wei:伟 Fang:芳 Na:娜 Min:敏 Jing:静 Qiang:强 Lei:磊 Jun:军 Yang:洋 Yong:勇 Yan:艳 Jie:杰 Tao:涛 Ming:明 Chao:超 "
    "Xiu:秀 Xia:霞 Ping:平 Gang:刚 Gui:桂 Hua:华 Long:龙 Hai:海 Bo:波 Ning:宁 Kai:凯 Hao:浩 Yu:宇 Xin:鑫 Peng:鹏"
)
LATIN_GIVEN = (
    "João Maria José Carlos Ana Luís Paulo Pedro Fernanda Rui Diego Camila Andrés Lucía Mateo Sofía Jean Pierre Amélie "
    "François Moussa Fatoumata Ibrahima Aïcha Ousmane Kwame Akosua Chinedu Ngozi Emeka Adaeze Juma Wanjiru Thomas "
    "Hannah Lukas Katarzyna Piotr Zoltán Ilona Giuseppe Francesca Marco Elif Mehmet Ayşe Kemal Nguyễn Thị Somchai Budi"
)
SYLLABLES = "ba ko ra lin der sa mi ton vel ka ro ne tas mo ri el gan du fe shi lo na ber ti van zo qua mel pra dun"
NATIONS = {
    "arab": ("TN", "DZ", "MA", "LY", "EG", "LB", "SY", "JO", "MR"),
    "cyrl": ("RU", "UA", "BG", "RS", "BY", "KZ"),
    "hans": ("CN", "CN", "SG"),
    "latn": ("BR", "CO", "FR", "IT", "ES", "NG", "SN", "ML", "TR", "PT", "GH", "KE", "DE", "PL"),
}


@dataclass(frozen=True, slots=True)
class Called:
    """One name: as written in its own script, in Latin letters, its parts, and where people are called so."""

    text: str
    latin: str
    script: str
    order: str
    given: str
    family: str
    country: str


def mixed(number: int, salt: int = 0) -> int:
    """Return 64 bits that a number always gives and that do not follow from its neighbours' (SplitMix64)."""
    value = (number * 0x9E3779B97F4A7C15 + (salt + 1) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


@cache
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, _, other in (pair.partition(":") for pair in text.split()))


@cache
def _stock() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make a stock of family names and of words for companies."""
    rng = Random(11)
    syllables = SYLLABLES.split()
    words = ["".join(rng.choices(syllables, k=rng.randint(2, 4))).title() for _ in range(15_000)]
    return tuple(words[:9000]), tuple(words[9000:])


class _Draw:
    """Take one choice after another out of a number's bits."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def of(self, values: Sequence[str]) -> str:
        self.bits, place = divmod(self.bits, len(values))
        return values[place]

    def pair(self, values: Sequence[tuple[str, str]]) -> tuple[str, str]:
        self.bits, place = divmod(self.bits, len(values))
        return values[place]


def name_person(number: int) -> Called:
    """Return what a person is called."""
    bits = mixed(number, 1)
    share, draw = bits % 100, _Draw(bits // 100)
    if share < 36:
        return _arabic(draw)
    if share < 56:
        return _cyrillic(draw)
    if share < 66:
        return _chinese(draw)
    given, family = draw.of(LATIN_GIVEN.split()), draw.of(_stock()[0])
    text = f"{given} {family}"
    return Called(text, text, "latn", "given_first", given, family, draw.of(NATIONS["latn"]))


def _arabic(draw: _Draw) -> Called:
    given, father, family = draw.pair(_pairs(ARABIC_GIVEN)), draw.pair(_pairs(ARABIC_GIVEN)), _pairs(ARABIC_FAMILY)
    last, prefix = draw.pair(family), draw.pair(ARABIC_PREFIX)
    country = draw.of(NATIONS["arab"])
    latin = f"{given[0]} {father[0]} {prefix[0]}{last[0]}"
    text = f"{given[1]} {father[1]} {prefix[1]}{last[1]}"
    return Called(text, latin, "arab", "patronymic", f"{given[1]} {father[1]}", f"{prefix[1]}{last[1]}", country)


def _cyrillic(draw: _Draw) -> Called:
    given, stem, end = draw.pair(_pairs(CYRILLIC_GIVEN)), draw.pair(_pairs(CYRILLIC_STEM)), draw.pair(CYRILLIC_END)
    family, country = f"{stem[1]}{end[1]}", draw.of(NATIONS["cyrl"])
    latin = f"{given[0]} {stem[0]}{end[0]}"
    return Called(f"{given[1]} {family}", latin, "cyrl", "given_first", given[1], family, country)


def _chinese(draw: _Draw) -> Called:
    family, one = draw.pair(_pairs(CHINESE_FAMILY)), draw.pair(_pairs(CHINESE_GIVEN))
    other, country = draw.pair(_pairs(CHINESE_GIVEN)), draw.of(NATIONS["hans"])
    given = f"{one[1]}{other[1]}"
    latin = f"{family[0]} {one[0]}{other[0].lower()}"
    return Called(f"{family[1]}{given}", latin, "hans", "family_first", given, family[1], country)


def misspelt(text: str, bits: int) -> str:
    """Return a name as a hurried hand writes it: two letters exchanged, one left out or doubled."""
    place = 1 + bits % max(1, len(text) - 2)
    if bits & 64:
        return text[:place] + text[place + 1 :]
    if bits & 128:
        return text[:place] + text[place] + text[place:]
    return text[: place - 1] + text[place : place + 1] + text[place - 1 : place] + text[place + 1 :]


def name_company(number: int) -> tuple[str, str]:
    """Return the name of a company, and the country it is registered in."""
    bits = mixed(number, 2)
    draw = _Draw(bits)
    words = _stock()[1]
    name = f"{draw.of(words)} {draw.of(words)} {draw.of(('Trading', 'Import', 'Logistics', 'Shipping', 'Export'))}"
    country = draw.of(("TN", "TN", "DZ", "FR", "IT", "CN", "AE", "TR", "NG", "PA", "CY", "HK"))
    form = {"TN": "SARL", "DZ": "SARL", "FR": "SAS", "IT": "S.r.l.", "CN": "Co Ltd"}.get(country, "Ltd")
    return f"{name} {form}", country
