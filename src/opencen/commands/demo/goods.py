"""Lines of goods: what, how much, what was found out about it, and what it is worth."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.commands.demo.marginals import draw, flow_figures, longest, read_marginals

Part = dict[str, Any]

# unit, median and spread (of the logarithm) of one find of middling size
AMOUNTS: dict[str, tuple[str, float, float]] = {
    "drugs": ("kg", 0.5, 1.3),
    "drugs.cannabis.herbal": ("kg", 0.9, 1.5),
    "drugs.cannabis.resin": ("kg", 4.0, 1.7),
    "drugs.cannabis.plants": ("piece", 30, 1.0),
    "drugs.cocaine": ("kg", 1.6, 1.5),
    "drugs.khat": ("kg", 14, 0.8),
    "drugs.opioids.tramadol": ("tablet", 900, 1.4),
    "drugs.psychotropics": ("tablet", 450, 1.4),
    "drugs.psychotropics.methamphetamine": ("kg", 0.4, 1.2),
    "drugs.psychotropics.psilocybin": ("g", 60, 1.0),
    "drugs.psychotropics.other": ("kg", 0.4, 1.2),
    "drugs.psychotropics.amphetamine": ("kg", 0.4, 1.2),
    "drugs.psychotropics.nitrous_oxide": ("kg", 12, 1.0),
    "revenue.tobacco": ("kg", 24, 1.3),
    "revenue.tobacco.cigarettes": ("stick", 18000, 1.3),
    "revenue.tobacco.heated": ("stick", 4000, 1.0),
    "revenue.tobacco.e_cigarettes": ("piece", 160, 1.1),
    "revenue.tobacco.cigars": ("piece", 90, 1.0),
    "revenue.alcohol": ("l", 36, 1.2),
    "revenue.fuel": ("l", 620, 0.8),
    "ipr": ("piece", 140, 1.4),
    "ipr.products.footwear": ("pair", 60, 1.3),
    "ipr.products.pesticides": ("kg", 90, 1.0),
    "ipr.medical": ("tablet", 700, 1.3),
    "ipr.medical.devices": ("piece", 40, 1.0),
    "money.cash": ("currency", 21000, 0.8),
    "money.gold": ("g", 420, 1.0),
    "money.gemstones": ("carat", 38, 1.0),
    "environment": ("piece", 6, 1.0),
    "environment.fauna.mammals.elephant": ("kg", 2.4, 1.0),
    "environment.fauna.mammals.rhinoceros": ("kg", 1.1, 0.8),
    "environment.fauna.mammals.pangolin": ("kg", 6, 1.2),
    "environment.fauna.marine": ("kg", 1.8, 1.2),
    "environment.flora": ("kg", 4, 1.2),
    "environment.flora.timber": ("kg", 640, 1.0),
    "environment.waste": ("kg", 5200, 1.0),
    "environment.hazardous": ("kg", 240, 1.2),
    "environment.hazardous.fuel": ("l", 700, 1.0),
    "environment.ods": ("kg", 180, 1.1),
    "environment.ods.equipment": ("piece", 8, 0.8),
    "security.weapons": ("piece", 1.2, 0.7),
    "security.weapons.ammunition": ("piece", 55, 1.1),
    "security.explosives": ("kg", 18, 1.1),
    "security.explosives.detonators": ("piece", 30, 0.9),
    "security.explosives.detonator_cord": ("m", 40, 0.9),
    "security.explosives.safety_fuse": ("m", 40, 0.9),
    "security.explosives.ied": ("piece", 1, 0.2),
    "security.uas": ("piece", 1.4, 0.6),
}
# What fits a way of travelling, beside a find of middling size.
SCALE = {"mail": 0.25, "express_courier": 0.3, "pedestrian": 0.4, "vehicle": 2.2, "vessel": 16.0, "on_person": 0.3}
FRACTIONS = {"kg": 2, "l": 0, "g": 1, "carat": 2}
# Dinars for one unit, appraised.
PRICES = {
    "drugs.cannabis": 5200.0,
    "drugs.cocaine": 190000.0,
    "revenue.tobacco.cigarettes": 0.35,
    "revenue.fuel": 2.2,
    "revenue.alcohol": 38.0,
    "money.gold": 290.0,
    "ipr.products": 24.0,
}
BRANDS = ("Norvella", "Kestrel & Lyon", "Aquilone", "Tamberra", "Zephyrine", "Mondevo")
SPECIES = {
    "environment.fauna.reptiles.tortoises": ("Testudo graeca", "LIV", "II"),
    "environment.fauna.marine.corals": ("Corallium rubrum", "COR", "none"),
    "environment.fauna.mammals.elephant": ("Loxodonta africana", "TUS", "I_II"),
    "environment.fauna.mammals.pangolin": ("Manis tricuspis", "SCA", "I"),
    "environment.fauna.birds.parrots": ("Psittacus erithacus", "LIV", "I"),
    "environment.fauna.birds.falcons": ("Falco cherrug", "LIV", "II"),
    "environment.fauna.marine.seahorses": ("Hippocampus hippocampus", "BOD", "II"),
}


def draw_quantity(rng: random.Random, commodity: str, mode: str, place: str) -> tuple[str, str]:
    """Draw (quantity, unit) of a find as an officer writes it."""
    unit, median, spread = longest(AMOUNTS, commodity)
    scale = SCALE["on_person"] if place.startswith("on_person") else SCALE.get(mode, 1.0)
    if commodity.startswith(("security", "environment.fauna", "money")):
        scale = math.sqrt(scale)
    value = median * scale * math.exp(rng.gauss(0, spread))
    if place.startswith(("in_baggage", "in_mail", "in_express", "on_person")):
        value = min(value, median * 3)
    most = get_list("commodity").attribute(commodity, "typical_max")
    default = get_list("commodity").attribute(commodity, "default_unit", "")
    if most and unit == default:
        value = min(value, float(most) * 0.8)
    if place == "on_person.body_packing":
        value, unit = min(value, 0.9), "kg"
    digits = FRACTIONS.get(unit, 0)
    if unit == "stick":
        return str(max(200, round(value / 200) * 200)), unit
    if unit == "currency":
        return str(max(2000, round(value / 50) * 50)), unit
    return f"{max(value, 0.01 if digits else 1):.{digits}f}", unit


def draw_commodity(rng: random.Random, flow: str, taken: set[str]) -> str:
    """Draw a kind of goods of a flow that the case does not hold yet."""
    shares = {code: share for code, share in flow_figures(flow)["sub_types"].items() if code not in taken}
    return draw(rng, shares) if shares else ""


def make_line(rng: random.Random, item: str, commodity: str, mode: str, place: str) -> Part:
    """State one line of contraband."""
    quantity, unit = draw_quantity(rng, commodity, mode, place)
    line: Part = {
        "id": item,
        "role": "contraband",
        "commodity": commodity,
        "quantity": quantity,
        "unit": unit,
        "concealment": {"place": place},
    }
    if unit in ("kg", "g"):
        line["basis"] = "gross"
    if found := make_attributes(rng, commodity):
        line["attributes"] = found
    price = next((value for code, value in PRICES.items() if commodity.startswith(code)), None)
    if price and rng.random() < 0.35:
        amount = float(quantity) * price * rng.uniform(0.8, 1.2)
        line["value"] = {"amount": f"{amount:.0f}", "currency": "TND", "basis": "appraised"}
    return line


def make_attributes(rng: random.Random, commodity: str) -> Part:
    """State what these goods ask for."""
    found: Part = {}
    if commodity == "money.cash.banknotes":
        found["currency"] = draw(rng, read_marginals()["flows"]["money.cash"]["currencies"])
    elif commodity in SPECIES:
        name, term, appendix = SPECIES[commodity]
        found |= {"scientific_name": name, "specimen_term": term, "appendix": appendix}
    elif commodity.startswith("environment.fauna") and rng.random() < 0.5:
        found["appendix"] = "unknown" if rng.random() < 0.2 else "II"
    elif commodity.startswith(("ipr.products", "revenue.tobacco.cigarettes")):
        found["brand"] = rng.choice(BRANDS)
        if commodity.startswith("ipr") and rng.random() < 0.8:
            found["ipr_right"] = "trademark"
    elif commodity.startswith("drugs.cannabis.resin") and rng.random() < 0.6:
        found["form"] = "compressed"
    elif commodity.startswith("drugs.cocaine") and rng.random() < 0.6:
        found["form"] = "powder"
    return found


def add_assessments(rng: random.Random, line: Part, moments: tuple[datetime, datetime, datetime]) -> None:
    """Add the stages that a drug goes through: field test, weighing and, often, the laboratory."""
    found, weighed, tested = (f"{moment + timedelta(hours=1):%Y-%m-%d}" for moment in moments)
    stages: list[Part] = [{"id": "a1", "stage": "field_test", "on": found, "result": "positive", "kit": "T-3"}]
    if line["unit"] in ("kg", "g"):
        net = float(line["quantity"]) * rng.uniform(0.88, 0.96)
        digits = FRACTIONS[line["unit"]]
        if rng.random() < 0.5 and net >= 0.05:
            stages.append(
                {
                    "id": "a2",
                    "stage": "laboratory",
                    "on": tested,
                    "substance": line["commodity"],
                    "quantity": f"{net:.{digits}f}",
                    "unit": line["unit"],
                    "basis": "net",
                    "purity": f"{rng.uniform(18, 86):.1f}",
                    "certificate": f"LC-26-{rng.randrange(10000):04d}",
                    "laboratory": "Central laboratory",
                }
            )
        else:
            weight = {"quantity": line["quantity"], "unit": line["unit"], "basis": "gross"}
            stages.append({"id": "a2", "stage": "weighed", "on": weighed, **weight})
    line["assessments"] = stages


def cover_load(rng: random.Random, consignment: str) -> Part:
    """State the honest goods among which others were hidden."""
    goods, kilograms = rng.choice(
        (("revenue.goods.fruit_nuts", 20160), ("revenue.goods.fabrics", 0), ("revenue.goods.food", 18400))
    )
    line: Part = {"id": "cover", "role": "cover_load", "commodity": goods, "consignment": consignment}
    quantity = {"quantity": str(kilograms), "unit": "kg", "basis": "declared"} if kilograms else {}
    return line | (quantity or {"quantity": "9600", "unit": "m"})
