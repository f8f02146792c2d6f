"""Where a case was found and how the goods came: office, location, means of transport, route, consignment."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.commands.demo import names
from opencen.commands.demo.country import POSTS, Post
from opencen.commands.demo.marginals import draw, flow_figures, longest, read_marginals, seeded

Part = dict[str, Any]
COUNTRY = "TN"

MODES: dict[str, dict[str, float]] = {
    "airport": {"air": 1},
    "mail_centre": {"mail": 1},
    "express_courier": {"express_courier": 1},
    "land_boundary": {"vehicle": 86, "pedestrian": 12, "rail": 2},
    "inland": {"vehicle": 88, "pedestrian": 6, "rail": 6},
    "seaport": {"vessel": 70, "vehicle": 30},
    "free_zone": {"vehicle": 70, "vessel": 30},
    "rail": {"rail": 1},
    "high_seas": {"vessel": 1},
    "unknown": {"unknown": 1},
}
# Ports, airports and towns from which goods come, by country.
PLACES = {
    "FR": ("FRMRS", "FRCDG"), "IT": ("ITGOA", "ITPMO", "ITFCO"), "ES": ("ESALG", "ESBCN"), "CN": ("CNYTN", "CNSHA"),
    "TR": ("TRIST", "TRMER"), "EC": ("ECGYE",), "BR": ("BRSSZ", "BRGRU"), "AE": ("AEDXB",), "MA": ("MACAS",),
    "NL": ("NLRTM", "NLAMS"), "DE": ("DEHAM", "DEFRA"), "DZ": ("DZALG",), "LY": ("LYTIP",), "NG": ("NGLOS",),
    "PK": ("PKKHI",), "IN": ("INBOM",), "CO": ("COCTG",), "BE": ("BEANR",), "GB": ("GBLON",), "CM": ("CMDLA",),
    "CI": ("CIABJ",), "ID": ("IDJKT",), "ET": ("ETADD",),
}  # fmt: skip
FREIGHT = ("in_freight", "in_transport.container")
FINER: dict[str, dict[str, tuple[str, ...]]] = {
    "in_transport": {
        "vehicle": (
            "in_transport.vehicle.spare_wheel", "in_transport.vehicle.fuel_tank", "in_transport.vehicle.doors_panels",
            "in_transport.vehicle.floor", "in_transport.vehicle.boot", "in_transport.vehicle.built_compartment",
            "in_transport.vehicle.cargo_space",
        ),
        "vessel": (
            "in_transport.container.cooling_unit", "in_transport.container.floor", "in_transport.container.walls",
            "in_transport.vessel.engine_room", "in_transport.vessel.hull",
        ),
        "air": ("in_transport.aircraft.cargo_hold", "in_transport.aircraft.lavatory"),
        "rail": ("in_transport.rail.passenger_compartment", "in_transport.rail.technical"),
    },
    "in_baggage": {"": ("in_baggage.checked", "in_baggage.hand", "in_baggage.false_bottom")},
    "in_freight": {"": ("in_freight.among_goods", "in_freight.rip_on", "in_freight.false_description")},
    "in_mail": {"": ("in_mail.small_packet", "in_mail.parcel", "in_mail.letter", "in_mail.inside_goods")},
    "in_express": {"": ("in_express.parcel", "in_express.inside_goods")},
    "on_person": {"": ("on_person.strapped", "on_person.clothing", "on_person.footwear")},
}  # fmt: skip
VEHICLES = ("car", "pick_up", "van", "truck", "tractor_trailer", "bus", "taxi")
TECHNIQUES = {
    "airport": ("imaging.baggage", "manual.baggage", "dog.drugs", "manual.person"),
    "mail_centre": ("imaging.baggage", "manual.cargo", "dog.drugs"),
    "express_courier": ("imaging.baggage", "documentary", "manual.cargo"),
    "seaport": ("imaging.container", "manual.cargo", "manual.vehicle", "dog.drugs", "seal_check"),
    "land_boundary": ("manual.vehicle", "imaging.backscatter", "dog.drugs", "density_meter"),
    "inland": ("manual.vehicle", "manual.premises", "dog.drugs"),
    "high_seas": ("manual.vessel", "aerial"),
}


@dataclass(slots=True)
class Scene:
    """What has been drawn of a case so far."""

    rng: random.Random
    flow: str
    when: datetime
    post: Post
    location: str
    mode: str
    concealment: str
    direction: str
    departure: str
    destination: str
    recorded: datetime
    parts: Part = field(default_factory=dict)

    @property
    def is_freight(self) -> bool:
        """Tell whether the goods came as a consignment in a container."""
        return self.mode == "vessel" and self.concealment.startswith(FREIGHT)


def draw_scene(
    rng: random.Random, flow: str, when: datetime, recorded_at: Callable[[random.Random, str, datetime], datetime]
) -> Scene:
    """Draw where, how and which way; what contradicts itself is not drawn."""
    figures = flow_figures(flow)
    location = draw(rng, figures["location"])
    post = _post_for(rng, location)
    mode = draw(rng, MODES.get(location, {"unknown": 1}))
    concealment = _concealment(rng, figures["concealment"], mode, flow)
    direction = draw(rng, figures["direction"])
    if location == "inland" and rng.random() < 0.4:
        direction = "internal"
    departure, destination = _ends(rng, flow, direction, post, location)
    recorded = recorded_at(rng, post.code, when)
    return Scene(rng, flow, when, post, location, mode, concealment, direction, departure, destination, recorded)


def _post_for(rng: random.Random, location: str) -> Post:
    fitting = [post for post in POSTS if post.location == location]
    if not fitting:
        kinds = {"high_seas": ("seaport",), "rail": ("inland", "land_boundary"), "river": ("inland",)}
        fitting = [post for post in POSTS if post.location in kinds.get(location, (post.location,))]
    return rng.choices(fitting, weights=[post.share for post in fitting])[0]


def _concealment(rng: random.Random, shares: dict[str, float], mode: str, flow: str) -> str:
    """Draw a place of concealment that goes with the means of transport, often a finer one."""
    places = get_list("concealment")
    fitting = {
        code: share for code, share in shares.items() if mode in (*places.attribute(code, "modes", ()), "unknown")
    }
    silent = {code: share for code, share in shares.items() if not places.attribute(code, "modes")}
    if mode in ("air", "mail", "express_courier", "vessel"):
        silent = {code: share for code, share in silent.items() if not code.startswith(("in_premises", "on_market"))}
    drawn = draw(rng, {**silent, **fitting} or {"unknown": 1})
    if mode == "unknown" or rng.random() < 0.25:
        return drawn
    if drawn == "on_person" and flow in ("drugs.cocaine", "drugs.opioids") and rng.random() < 0.4:
        return "on_person.body_packing"
    finer = FINER.get(drawn, {})
    return rng.choice(finer.get(mode) or finer.get("") or (drawn,))


def _ends(rng: random.Random, flow: str, direction: str, post: Post, location: str) -> tuple[str, str]:
    """Draw departure and destination; the country across a land border is the likeliest."""
    national = read_marginals()["national"]
    outside = draw(rng, longest(national["departures"], flow))
    if post.across and location == "land_boundary" and rng.random() < 0.9:
        outside = post.across
    onward = draw(rng, longest(national["destinations"], flow))
    if direction == "internal":
        return COUNTRY, COUNTRY
    if direction == "export":
        return COUNTRY, post.across or onward
    if direction == "transit":
        return outside, onward if onward != outside else "IT"
    return outside, COUNTRY


def add_movement(scene: Scene) -> None:
    """State location, direction, route, conveyance, consignment and how it was found."""
    rng, parts = scene.rng, scene.parts
    parts |= {"location_type": scene.location, "direction": scene.direction, "country": COUNTRY}
    parts["office"] = scene.post.code
    if scene.post.latitude and scene.location == scene.post.location:
        parts["place"] = {
            "name": scene.post.name,
            "latitude": scene.post.latitude,
            "longitude": scene.post.longitude,
            "precision": "site",
        }
    elif scene.post.place and scene.location == scene.post.location:
        parts["place"] = {"locode": scene.post.place}
    percent = read_marginals()["e_commerce_percent"][scene.flow.partition(".")[0]]
    is_parcel = scene.mode in ("mail", "express_courier")
    parts["e_commerce"] = "yes" if is_parcel and rng.random() * 100 < percent * 1.4 else "no"
    parts["route"] = _route(scene)
    parts["conveyances"] = [_conveyance(scene)]
    if scene.is_freight:
        parts["consignments"] = [_freight(scene)]
    elif is_parcel:
        country = scene.departure if scene.departure not in ("unknown", COUNTRY) else "FR"
        number = names.parcel_number(rng, country)
        parts["consignments"] = [{"id": "s1", "parcel_number": number, "consignor_country": country}]
    parts["detection_method"] = draw(rng, flow_figures(scene.flow)["detection"])
    techniques = TECHNIQUES.get(scene.location, ())
    if techniques and rng.random() < 0.8:
        chosen = rng.sample(techniques, k=rng.choice((1, 1, 2)))
        parts["detection_techniques"] = [
            {"id": f"t{number}", "technique": code, "result": "indication"} for number, code in enumerate(chosen, 1)
        ]


def _route(scene: Scene) -> list[Part]:
    legs = [_stop(scene, "r1", "departure", scene.departure)]
    if scene.direction == "transit":
        legs.append(_stop(scene, "r2", "transit", COUNTRY))
    elif scene.mode == "vessel" and scene.direction == "import" and scene.rng.random() < 0.35:
        legs.append({"id": "r2", "role": "transit", "country": "ES", "place": "ESALG"})
    legs.append(_stop(scene, "r3", "destination", scene.destination))
    return legs


def _stop(scene: Scene, item: str, role: str, country: str) -> Part:
    stop: Part = {"id": item, "role": role, "country": country}
    if country == COUNTRY:
        if scene.post.place:
            stop["place"] = scene.post.place
    elif country in PLACES and scene.mode not in ("vehicle", "pedestrian", "unknown") and scene.rng.random() < 0.8:
        place = scene.rng.choice(PLACES[country])
        if place in get_list("place").codes:
            stop["place"] = place
    return stop


def _conveyance(scene: Scene) -> Part:
    rng, made = scene.rng, {"id": "v1", "mode": scene.mode}
    if scene.mode == "vessel" and rng.random() < 0.8:
        number = rng.randrange(len(names.VESSELS))
        imo = names.imo_number(seeded(number))
        made |= {"name": names.VESSELS[number], "vessel_imo": imo, "carrier": rng.choice(names.CARRIERS)}
    elif scene.mode == "air" and rng.random() < 0.7:
        made["flight"] = f"ZZ{rng.randint(100, 989)}"
    elif scene.mode == "vehicle" and rng.random() < 0.85:
        country = scene.departure if scene.departure in ("DZ", "LY", "FR", "IT") else COUNTRY
        made |= {"plate": names.plate(rng, country), "plate_country": country, "vehicle_type": rng.choice(VEHICLES)}
    return made


def _freight(scene: Scene) -> Part:
    rng = scene.rng
    country = scene.departure if scene.departure != "unknown" else "CN"
    seal = f"ZZ{rng.randrange(10**7):07d}"
    container: Part = {"id": "c1", "number": names.container_number(rng), "load": rng.choice(("fcl", "lcl"))}
    container["seals"] = [{"id": "e1", "expected": seal, "found": seal}]
    return {
        "id": "s1",
        "bill_of_lading": f"ZZCL{rng.randrange(10**8):08d}",
        "containers": [container],
        "consignor": names.shipper_name(country),
        "consignor_country": country,
        "consignee": names.company_name(rng),
        "consignee_country": scene.destination if scene.destination != "unknown" else COUNTRY,
        "declaration_number": f"26-TN-{rng.randrange(10**6):06d}",
    }
