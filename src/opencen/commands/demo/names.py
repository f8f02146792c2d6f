"""Invented names of people, companies and vessels, and numbers that belong to nobody."""

from __future__ import annotations

import random

from opencen.kernel.check_digits import identifier

GIVEN_F = ("Amira", "Salma", "Nour", "Ines", "Hela", "Rania", "Yosra", "Meriem", "Asma", "Dorra", "Lina", "Wafa")
GIVEN_M = ("Anis", "Bilel", "Chokri", "Hatem", "Jamel", "Khaled", "Lotfi", "Mehdi", "Nizar", "Riadh", "Zied")
FAMILY = (
    "Berrachidel", "Chaouachem", "Dargouthal", "Ellouzram", "Fekihdane", "Gharbousi", "Hamdanel", "Jaziriche",
    "Khelifaren", "Louatimen", "Mahjouben", "Nouirasse", "Ouechtalem", "Rezguimar", "Sahlousi", "Tlilimane",
    "Yangoubir", "Zouaghide",
)  # fmt: skip
ABROAD: dict[str, tuple[str, ...]] = {
    "DZ": ("Sofiane Benkhelassi", "Rachid Merabtoune", "Amine Ouldkacir"),
    "LY": ("Salem Elgharwali", "Abdalla Mesrathen", "Nuri Zwaroun"),
    "FR": ("Julien Marcellaud", "Claire Vautrinel", "Thomas Garigneau"),
    "IT": ("Marco Bellandrini", "Paola Vescorelli", "Dario Fontanassi"),
    "TR": ("Emre Karabulutlu", "Selin Yildirgan"),
    "NG": ("Chidi Okonwale", "Amaka Ezeludo"),
    "CN": ("Wei Lianhou", "Jun Zhengtao"),
    "EC": ("Diego Montalvarez", "Lucia Cevallinos"),
    "MA": ("Younes Tazirite", "Hamza Oufkassi"),
    "NL": ("Pieter van Holderen", "Sanne de Wijkstra"),
    "DE": ("Lukas Brandhofer", "Anja Weistenberg"),
    "AE": ("Fahad Almarzoun", "Rashid Alketbany"),
}
STEMS = (
    "Sahel", "Carthagène", "Medjerda", "Jasmin", "Cap-Bon", "Zaghouanel", "Djeffara", "Ulysse", "Hannibalia", "Médina",
    "Kerkouanel", "Golfe", "Atlas-Mer", "Palmier", "Corail", "Chott", "Olivade",
)  # fmt: skip
TRADES = ("Import", "Trading", "Distribution", "Textiles", "Électronique", "Fruits", "Pièces Auto", "Cosmétiques")
FORMS = ("SARL", "SUARL", "SA")
SHIPPERS = {
    "CN": "Qingfeng Bright Star Export Co Ltd",
    "TR": "Bosfor Yildizlar Dis Ticaret AS",
    "EC": "Costa Verdina Agroexport SA",
    "BR": "Porto Claro Café Exportadora Ltda",
    "IT": "Adriamare Spedizioni Srl",
    "FR": "Phocéa Négoce Maritime SAS",
    "AE": "Desert Falconry General Trading LLC",
    "ES": "Levantina Cargas SL",
    "IN": "Malabaris Herbal Exports Pvt Ltd",
    "PK": "Indusway Traders Pvt Ltd",
    "NL": "Waterlandsche Handel BV",
}
VESSELS = (
    "CASTOR LINE",
    "MARE SERENO",
    "CARTHAGO STAR",
    "BLUE HERONIA",
    "ATLAS MERIDIAN",
    "SIROCCO BAY",
    "NORDIC TERN",
)
CARRIERS = ("Castorline Shipping", "Meridiane Ferries", "Sirocco Lines", "Heronia Feeders")
# Owner codes that the register of container owners has not given out.
OWNERS = ("ZZZU", "QQQU", "ZQXU", "QZJU")


def person_name(rng: random.Random, country: str, sex: str) -> str:
    """Invent a person of a country."""
    if country in ABROAD and rng.random() < 0.9:
        return rng.choice(ABROAD[country])
    given = GIVEN_F if sex == "female" else GIVEN_M
    return f"{rng.choice(given)} {rng.choice(FAMILY)}"


def company_name(rng: random.Random) -> str:
    """Invent a company of the country."""
    return f"{rng.choice(STEMS)} {rng.choice(TRADES)} {rng.choice(FORMS)}"


def shipper_name(country: str) -> str:
    """Name the invented shipper of a country."""
    return SHIPPERS.get(country, f"General Forwarding {country}")


def container_number(rng: random.Random) -> str:
    """Make a container number with a right check digit and an owner that does not exist."""
    body = f"{rng.choice(OWNERS)}{rng.randrange(1_000_000):06d}"
    return f"{body}{identifier('iso6346').check_digits(body + '0')}"


def imo_number(rng: random.Random) -> str:
    """Make a ship number with a right check digit, from a range that no ship was ever given."""
    body = f"90{rng.randrange(10_000):04d}"
    return f"{body}{identifier('imo').check_digits(body + '0')}"


def parcel_number(rng: random.Random, country: str) -> str:
    """Make a parcel number with a right check digit, in a service series for the operator's own use."""
    number = f"{rng.randrange(100_000_000):08d}"
    digit = identifier("s10").check_digits(f"ZY{number}0{country}")
    return f"ZY{number}{digit}{country}"


def plate(rng: random.Random, country: str) -> str:
    """Invent a number plate."""
    if country == "TN":
        return f"{rng.randint(900, 999)} TU {rng.randint(1, 9999):04d}"
    return f"{country}-{rng.randint(10000, 99999)}-{rng.randint(1, 48):02d}"


def passport(rng: random.Random) -> str:
    """Invent a document number in a series that is not in use."""
    return f"ZZ{rng.randrange(10_000_000):07d}"


def phone(rng: random.Random) -> str:
    """Invent a telephone number in a range that is not given out."""
    return f"+216 00 {rng.randrange(1000):03d} {rng.randrange(1000):03d}"
