"""The invented service: its districts, 21 offices, units, and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass

HEADQUARTERS = "HQ"
# code, name, the town it stands in
DISTRICTS = (
    ("DTN", "Tunis North district"),
    ("DNW", "North-West district"),
    ("DCE", "Centre district"),
    ("DSF", "Sfax and Gabès district"),
    ("DSE", "South-East district"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """An office: where it stands, how much it finds, and the country across its border."""

    code: str
    name: str
    district: str
    location: str
    place: str = ""
    share: float = 1.0
    across: str = ""
    latitude: str = ""
    longitude: str = ""


POSTS = (
    Post("RDS", "Radès port", "DTN", "seaport", "TNRDS", 4.0),
    Post("LGN", "La Goulette ferry terminal", "DTN", "seaport", "TNLGN", 2.5, "FR"),
    Post("TUN", "Tunis airport", "DTN", "airport", "TNTUN", 6.0),
    Post("TUP", "Tunis mail centre", "DTN", "mail_centre", "TNTUN"),
    Post("TUX", "Tunis express hub", "DTN", "express_courier", "TNTUN"),
    Post("TUI", "Tunis inland brigade", "DTN", "inland", "TNTUN", 1.4),
    Post("BIZ", "Bizerte port", "DNW", "seaport", "TNBIZ", 0.7),
    Post("MEL", "Melloula post", "DNW", "land_boundary", "", 0.7, "DZ", "36.948", "8.718"),
    Post("GHD", "Ghardimaou post", "DNW", "land_boundary", "", 0.9, "DZ", "36.451", "8.432"),
    Post("BCH", "Bou Chebka post", "DCE", "land_boundary", "", 2.4, "DZ", "35.184", "8.426"),
    Post("ENF", "Enfidha airport", "DCE", "airport", "TNNBE", 1.5),
    Post("SUS", "Sousse port", "DCE", "seaport", "TNSUS", 0.6),
    Post("MIR", "Monastir airport", "DCE", "airport", "", 1.2, "", "35.758", "10.755"),
    Post("SFA", "Sfax port", "DSF", "seaport", "TNSFA", 1.6),
    Post("SFI", "Sfax inland brigade", "DSF", "inland", "TNSFA", 1.0),
    Post("GAE", "Gabès port", "DSF", "seaport", "TNGAE", 0.5),
    Post("TOE", "Tozeur and Hazoua post", "DSF", "land_boundary", "", 1.3, "DZ", "33.779", "7.591"),
    Post("DJE", "Djerba airport", "DSE", "airport", "TNDJE", 1.1),
    Post("ZRZ", "Zarzis free zone", "DSE", "free_zone", "TNZRZ", 0.5),
    Post("RDJ", "Ras Jedir post", "DSE", "land_boundary", "", 4.2, "LY", "33.148", "11.556"),
    Post("DHB", "Dhehiba post", "DSE", "land_boundary", "", 1.2, "LY", "32.007", "10.669"),
)
BY_CODE = {post.code: post for post in POSTS}
# code, name, office
UNITS = (
    ("RDSC", "Container unit", "RDS"),
    ("TUND", "Dog unit", "TUN"),
    ("RDJM", "Mobile team South", "RDJ"),
)
UNIT_OF = {office: name for _code, name, office in UNITS}
# Months of the present year in which an office sent nothing, or sent it after the day it was due.
SILENT = {"GHD": (6, 7, 8, 10), "TOE": (7, 10), "MEL": (7,), "DHB": (7,), "BIZ": (10,)}
LATE = {"GHD": (1,), "TOE": (3,), "RDJ": (5, 8), "BIZ": (4,), "SFA": (10,)}


@dataclass(frozen=True, slots=True)
class Member:
    """A user of the demonstration: the role, the office and what the grant covers."""

    username: str
    name: str
    role: str
    office: str
    covers: str
    language: str = "en"
    is_shown: bool = True


MEMBERS = (
    Member("officer", "Amel Ghariani", "officer", "RDS", "RDS"),
    Member("validator", "Hichem Mansour", "validator", "DTN", "DTN"),
    Member("contact", "Rim Kefi", "national_contact_point", "HQ", "HQ"),
    Member("analyst", "Mouna Jlassi", "analyst", "HQ", "HQ"),
    Member("legal", "Slim Ouerdiane", "legal", "HQ", "HQ", "fr"),
    Member("investigator", "Sarra Hammami", "investigator", "HQ", "HQ"),
    Member("port-team", "Yosra Dridi", "investigator", "RDS", "HQ", "ar", False),
    Member("fraud", "Anis Gharbi", "investigator", "HQ", "HQ", "fr", False),
    Member("administrator", "Nabil Tounsi", "administrator", "HQ", "HQ"),
    Member("auditor", "Leïla Braham", "auditor", "HQ", "HQ", "fr"),
    Member("tunis", "Karim Belaïd", "officer", "TUN", "DTN", "fr", False),
    Member("northwest", "Sonia Hamrouni", "officer", "GHD", "DNW", "fr", False),
    Member("centre", "Walid Ferjani", "officer", "ENF", "DCE", "en", False),
    Member("sfax", "Imen Chaker", "officer", "SFA", "DSF", "fr", False),
    Member("south", "Tarek Nasri", "officer", "RDJ", "DSE", "en", False),
    Member("validator-nw", "Nadia Sassi", "validator", "DNW", "DNW", "fr", False),
    Member("validator-ce", "Fethi Zribi", "validator", "DCE", "DCE", "en", False),
    Member("validator-sf", "Olfa Mejri", "validator", "DSF", "DSF", "fr", False),
    Member("validator-se", "Ridha Trabelsi", "validator", "DSE", "DSE", "en", False),
)
HUB_MEMBERS = (Member("hub", "Ines Marchetti", "hub_operator", "HUB", "HUB"),)
RECORDER = {"DTN": "tunis", "DNW": "northwest", "DCE": "centre", "DSF": "sfax", "DSE": "south"}
VALIDATOR = {
    "DTN": "validator",
    "DNW": "validator-nw",
    "DCE": "validator-ce",
    "DSF": "validator-sf",
    "DSE": "validator-se",
}


def recorder_of(office: str) -> str:
    """Name the user who records for an office."""
    return "officer" if office == "RDS" else RECORDER[BY_CODE[office].district]
