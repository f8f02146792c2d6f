"""Packets: a released case of median size compressed, sealed and signed, then opened and verified; one core."""

from __future__ import annotations

import orjson
import zstandard

from opencen.exchange.packets import new_manifest, open_packet, seal_packet
from opencen.kernel.clock import now
from opencen.kernel.keys import NodeKeys
from opencen.records.checking import parse_document
from opencen.records.effective import effective_schema
from opencen.release.compiler import compile_document
from opencen.release.profile import get_profile
from tests import make
from tests.bench.framework import Context, Row

EACH = 500
GOAL = ">= 1,000/s each"


def run(context: Context) -> list[Row]:
    """Measure sealing, opening, and the compression that is their floor."""
    make.country()
    schema = effective_schema("case")
    person = {
        "id": "p1",
        "role": "driver",
        "standing": "suspected",
        "name": "L. M.",
        "nationality": "TN",
        "sex": "male",
    }
    document = parse_document(make.case_document(persons=[person]), schema).document
    profile = get_profile("global_cen")
    sent = compile_document(document, schema.tree, profile, scope="bench").document
    national, hub = NodeKeys.generate(), NodeKeys.generate()

    def seal() -> bytes:
        manifest = new_manifest("record", sender="TN", recipient="HUB", made_at=now(), profile="global_cen/1")
        return seal_packet(manifest, sent, {}, keys=national, to=hub.public)

    packet = seal()
    senders = {"TN": national.public}
    plain = orjson.dumps(sent)
    compress = zstandard.ZstdCompressor(level=6).compress
    floor = EACH / context.median(lambda: [compress(plain) for _ in range(EACH)])
    work = {
        "built from the allow-list": (lambda: compile_document(document, schema.tree, profile, scope="bench"), ""),
        "compressed, sealed, signed": (seal, GOAL),
        "opened, verified": (lambda: open_packet(packet, keys=hub, me="HUB", senders=senders), GOAL),
    }
    return [
        Row(
            f"a released case ({len(plain)} bytes, packet {len(packet)}): {name}",
            goal,
            EACH / context.median(lambda act=act: [act() for _ in range(EACH)]),
            "/s",
            context.database,
            floor,
            "floor: zstd alone",
        )
        for name, (act, goal) in work.items()
    ]
