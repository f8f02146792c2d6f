"""Twenty written case sheets as an office keeps them on paper; what each says is what must be stored."""

from __future__ import annotations

from dataclasses import dataclass

from opencen.codelists.catalogue import get_list


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: free text as written, codes as the list names them."""

    found: str
    method: str
    goods: str
    quantity: str
    unit: str
    hidden: str
    route: tuple[str, ...]
    mode: str
    consignee: str = ""
    container: str = ""

    @property
    def day(self) -> str:
        """Return the day as it is stored: sheets write day, month, year."""
        day, month, year = self.found.split(" ")[0].split("/")
        return f"{year}-{month}-{day}"

    def label(self, codelist: str, code: str) -> str:
        """Return the English label of a code."""
        return get_list(codelist).label(code, "en")


COCAINE, RESIN, HERB = "drugs.cocaine.hydrochloride", "drugs.cannabis.resin", "drugs.cannabis.herbal"
CIGARETTES, HEROIN, CRACK = "revenue.tobacco.cigarettes", "drugs.opioids.heroin", "drugs.cocaine.crack"
RISK, ROUTINE, TIP = "risk_profiling", "routine_control", "intelligence"
CASE = "in_transport.vehicle."
BOX = "in_transport.container."

SHEETS = (
    Sheet("12/11/2026 06:20", RISK, COCAINE, "86.42", "kg", BOX + "cooling_unit", ("ECGYE", "TNRDS"), "vessel",
          "Sahel Fruits Import SARL", "OCLU3026189"),
    Sheet("13/11/2026", ROUTINE, RESIN, "41.5", "kg", CASE + "spare_wheel", ("MA", "TN"), "vehicle"),
    Sheet("13/11/2026 22:05", RISK, CIGARETTES, "412000", "stick", CASE + "cargo_space", ("LY", "TN"), "vehicle"),
    Sheet("14/11/2026", TIP, HEROIN, "2.75", "kg", CASE + "fuel_tank", ("TR", "TN"), "vehicle"),
    Sheet("14/11/2026 03:40", RISK, COCAINE, "1.2", "kg", "on_person.body_packing", ("BR", "TN"), "air"),
    Sheet("15/11/2026", ROUTINE, HERB, "8.3", "kg", "in_mail.parcel", ("US", "TN"), "mail"),
    Sheet("15/11/2026 11:15", RISK, RESIN, "120", "kg", CASE + "built_compartment", ("MA", "TN"), "vehicle"),
    Sheet("16/11/2026", RISK, COCAINE, "310.5", "kg", BOX + "walls", ("ESALG", "TNRDS"), "vessel", "Atlas Agro"),
    Sheet("16/11/2026 19:30", TIP, CIGARETTES, "96000", "stick", BOX + "floor", ("AE", "TN"), "vessel"),
    Sheet("17/11/2026", ROUTINE, CRACK, "0.35", "kg", CASE + "seats", ("FR", "TN"), "vehicle"),
    Sheet("17/11/2026 08:10", RISK, HEROIN, "12.4", "kg", CASE + "doors_panels", ("BG", "TN"), "vehicle"),
    Sheet("18/11/2026", RISK, HERB, "640", "kg", BOX + "roof", ("GH", "TN"), "vessel", "Carthage Trading"),
    Sheet("18/11/2026 14:00", ROUTINE, RESIN, "2.9", "kg", "on_person.body_packing", ("MA", "TN"), "air"),
    Sheet("19/11/2026", TIP, COCAINE, "54", "kg", BOX + "doors", ("ECGYE", "TNRDS"), "vessel"),
    Sheet("19/11/2026 23:50", RISK, CIGARETTES, "250000", "stick", CASE + "boot", ("DZ", "TN"), "vehicle"),
    Sheet("20/11/2026", ROUTINE, HERB, "3.6", "kg", "in_express.parcel", ("NL", "TN"), "express_courier"),
    Sheet("20/11/2026 05:25", RISK, HEROIN, "0.8", "kg", "on_person.body_cavity", ("PK", "TN"), "air"),
    Sheet("21/11/2026", RISK, RESIN, "77", "kg", CASE + "tyres", ("MA", "TN"), "vehicle"),
    Sheet("21/11/2026 16:45", TIP, COCAINE, "18.25", "kg", CASE + "engine", ("ES", "TN"), "vehicle"),
    Sheet("22/11/2026", ROUTINE, CIGARETTES, "48000", "stick", CASE + "luggage_hold", ("LY", "TN"), "vehicle"),
)  # fmt: skip
