"""The gallery of 100,000 photos, and how long a large photo takes to be stored while others ask."""

from __future__ import annotations

import io
import random
import threading
import time
from datetime import date, timedelta

from django.db import connection
from PIL import Image

from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.log.inserting import insert_rows
from opencen.records.media import store_media
from opencen.records.models import Cursor, MediaObject, MediaUse, Record
from opencen.seizures.gallery.models import Picture
from opencen.seizures.gallery.queries import Wanted, look
from tests import make
from tests.bench.framework import Context, Row, percentile

GOAL = "< 300 ms"
GOODS = ("drugs.cocaine.hydrochloride", "drugs.cannabis.resin", "revenue.tobacco", "ipr.products", "money.cash")
PLACES = ("in_transport.container.cooling_unit", "in_transport.vehicle.fuel_tank", "in_baggage", "on_person.strapped")
MODES = ("vessel", "vehicle", "air", "mail")
TWELVE_MEGAPIXELS = (4000, 3000)


def run(context: Context) -> list[Row]:
    """Measure first screens, a next screen, and a photo of 12 megapixels."""
    count = 3_000 if context.is_quick else 100_000
    officer, contact = make.actor("officer"), make.actor("national_contact_point", "HQ")
    fill(officer, count)
    rows = []
    asked = {
        "all offices": (contact, Wanted()),
        "one office of 400": (officer, Wanted()),
        "by goods": (contact, Wanted(commodity="drugs.cocaine")),
        "exceptional": (contact, Wanted(exceptional=True)),
        "nothing fits": (contact, Wanted(commodity="security.weapons")),
    }
    for name, (actor, wanted) in asked.items():
        value = percentile(context.times(lambda a=actor, w=wanted: look(a, w), 12), 0.95) * 1000
        rows.append(Row(f"gallery of {count:,} photos, first screen, {name}, p95", GOAL, value, "ms", context.database))
    key = look(contact, Wanted()).next_key
    value = percentile(context.times(lambda: look(contact, Wanted(), key), 12), 0.95) * 1000
    rows.append(Row("gallery, next screen, p95", GOAL, value, "ms", context.database))
    return [*rows, *store_large(context, officer, contact)]


def fill(officer, count: int) -> None:
    """Write heads, media uses and pictures of invented cases straight into the tables: ten photos a case."""
    receipt = make.submit_case(officer)
    base = Record.objects.get(pk=receipt.record_id)
    rng, day = random.Random(4), date(2026, 10, 1)
    offices = [base.office_id, *(uuid7() for _ in range(399))]
    revision = base.revisions.get(number=base.revision)
    heads, revisions, pictures, uses = [], [], [], []
    for _ in range(count // 10):
        head = Record(**{f.attname: getattr(base, f.attname) for f in Record._meta.concrete_fields})
        head.id, head.reference, head.office_id = uuid7(), None, rng.choice(offices)
        head.occurred_on = day - timedelta(days=rng.randrange(1500))
        heads.append(head)
        copy = type(revision)(**{f.attname: getattr(revision, f.attname) for f in revision._meta.concrete_fields})
        copy.id, copy.record_id = uuid7(), head.id
        revisions.append(copy)
        for number in range(10):
            sha256 = f"{rng.getrandbits(256):064x}"
            uses.append(MediaUse(record_id=head.id, sha256=sha256, item=f"m{number}"))
            pictures.append(
                Picture(
                    record_id=head.id, item=f"m{number}", sha256=sha256, shown_on=head.occurred_on,
                    commodity=rng.choice(GOODS), concealment=rng.choice(PLACES), mode=rng.choice(MODES),
                    country="TN", exceptional=rng.random() < 0.01,
                )
            )  # fmt: skip
    media = [
        MediaObject(sha256=u.sha256, kind="photo", format="jpeg", size=1, uploaded_by=officer.id, uploaded_at=now())
        for u in uses
    ]
    for rows in (heads, revisions, uses, media, pictures):
        for start in range(0, len(rows), 2000):
            insert_rows(rows[start : start + 2000])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    Cursor.objects.update_or_create(store="gallery", defaults={"sequence": 0, "at": now()})


def store_large(context: Context, officer, contact) -> list[Row]:
    """Store photos of 12 megapixels with their copies, while another reader asks for first screens."""
    noise = Image.effect_noise((1000, 750), 60).resize(TWELVE_MEGAPIXELS).convert("RGB")
    photos = []
    for number in range(4):
        stream = io.BytesIO()
        noise.rotate(90 * number).save(stream, "JPEG", quality=90)
        photos.append(stream.getvalue())
    waits: list[float] = []
    is_done = threading.Event()

    def ask() -> None:
        while not is_done.is_set():
            began = time.perf_counter()
            Record.objects.filter(type="case").order_by("-occurred_on")[:50].count()
            waits.append(time.perf_counter() - began)
            time.sleep(0.01)

    reader = threading.Thread(target=ask)
    reader.start()
    took = context.times(lambda: store_media(officer, content=photos.pop(), filename="large.jpg"), 4)
    is_done.set()
    reader.join()
    wait = percentile(waits, 0.95) * 1000
    size = f"{TWELVE_MEGAPIXELS[0]} x {TWELVE_MEGAPIXELS[1]} JPEG"
    return [
        Row("a 12-megapixel photo stored with its copies", "< 1 s", sorted(took)[2], "s", context.database, note=size),
        Row("another request meanwhile, p95", "not blocked", wait, "ms", context.database),
    ]
