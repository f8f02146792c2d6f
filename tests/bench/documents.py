"""Nested documents: check, split, merge, rebuild and erase; the spike behind the spine."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from opencen.log.sealer import seal_all
from opencen.log.verify import verify_log
from opencen.records.checking import parse_document
from opencen.records.differences import differences
from opencen.records.documents import to_bytes
from opencen.records.effective import effective_schema
from opencen.records.erasure import erase_persons
from opencen.records.intake import check, submit_many
from opencen.records.merge import merge_documents
from opencen.records.models import Record
from opencen.records.parts import join_parts, split_document
from opencen.records.rebuilding import rebuild_projection
from opencen.records.types import domain
from tests import make
from tests.bench.framework import Context, Row

EACH = 500
PERSON = {
    "role": "driver",
    "standing": "suspected",
    "name": "Lotfi Mejdoub",
    "nationality": "TN",
    "sex": "male",
    "birth_year": 1979,
}


def full_case(number: int = 0) -> dict[str, Any]:
    """State a full case: six lines with stages, four persons, three consignments with containers and seals."""
    stages = [
        {"id": f"a{n}", "stage": stage, "quantity": "12.5", "unit": "kg"}
        for n, stage in enumerate(("suspected", "weighed", "laboratory"))
    ]
    lines = [make.line(id=f"l{n}", quantity=f"{n + 1}.25", assessments=deepcopy(stages)) for n in range(6)]
    persons = [{"id": f"p{n}", **PERSON, "name": f"Lotfi Mejdoub {n}"} for n in range(4)]
    boxes = [
        {"id": f"c{n}", "number": "OCLU3026189", "seals": [{"id": "e1", "expected": "EC0482917"}]} for n in range(2)
    ]
    consignments = [
        {"id": f"s{n}", "consignee": f"Sahel Fruits {n} SARL", "containers": deepcopy(boxes)} for n in range(3)
    ]
    day = f"2026-{number % 9 + 1:02d}-{number % 27 + 1:02d}"
    return make.case_document(
        form="full", detected_at=day, lines=lines, persons=persons, consignments=consignments, narrative="x" * 800
    )


def run(context: Context) -> list[Row]:
    """Measure pure work on one full case, then rebuild and erase among stored ones."""
    make.country()
    schema = effective_schema("case")
    raw = full_case()
    base = parse_document(raw, schema).document
    ours, theirs = deepcopy(base), deepcopy(base)
    ours["lines"][0]["quantity"], ours["unit"] = "99", "Team 1"
    theirs["lines"][1]["quantity"], theirs["direction"] = "98", "export"
    theirs["persons"].append({"id": "p9", "role": "owner"})
    text = json.dumps(raw)
    floor = context.median(lambda: [json.loads(text) for _ in range(EACH)])
    work = {
        "read by the schema and made canonical": lambda: parse_document(raw, schema),
        "split into two parts and joined": lambda: join_parts(*split_document(base, schema.tree)),
        "three-way merge": lambda: merge_documents(base, ours, theirs, schema.tree),
        "differences": lambda: list(differences(base, ours, schema.tree)),
    }
    size = len(to_bytes(base))
    rows = []
    for name, act in work.items():
        seconds = context.median(lambda act=act: [act() for _ in range(EACH)])
        rows.append(
            Row(
                f"a full case of {size / 1000:.1f} kB: {name}",
                "",
                EACH / seconds,
                "/s",
                context.database,
                EACH / floor,
                "floor: json.loads of the same text",
            )
        )
    return rows + _stored(context)


def _stored(context: Context) -> list[Row]:
    officer, legal = make.actor("officer", "RDS"), make.actor("legal")
    count = 200 if context.is_quick else 1000
    first = check(officer, make.submission(full_case(), mode="historical"))
    errors = [found.key for found in first.findings if found.level == "error"]
    assert not errors, errors
    reasons = dict.fromkeys((rule.code for rule in domain("case").rules()), "bench")
    reasons |= {found.code: "bench" for found in first.findings}
    given = [make.submission(full_case(n), mode="historical", reasons=reasons) for n in range(count)]
    receipts = []
    for start in range(0, count, 100):
        receipts += submit_many(officer, given[start : start + 100])
    taken = [receipt for receipt in receipts if receipt.is_accepted]
    rebuilt = context.median(lambda: rebuild_projection(), 3)
    some = iter(taken)
    erased = context.median(
        lambda: erase_persons(legal, record_id=next(some).record_id, item_ids=["p1"], basis="bench"), 9
    )
    seal_all()
    verified = context.median(verify_log, 3)
    total = Record.objects.count()
    assert verify_log().is_sound
    return [
        Row("rebuild the projection of full cases", "", total / rebuilt, "/s", context.database, note=f"{total} cases"),
        Row(
            "erase one person of a full case",
            "",
            erased * 1000,
            "ms",
            context.database,
            note="all revisions, index, media, log",
        ),
        Row("verify the log", "", verify_log().sealed / verified, "entries/s", context.database),
    ]
