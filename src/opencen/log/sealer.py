"""The sealer: the one writer that orders entries, chains them, signs heads and anchors them outside."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import orjson
from django.conf import settings
from django.db import connection

from opencen.kernel.clock import now
from opencen.kernel.keys import NodeKeys
from opencen.log.chain import GENESIS, link
from opencen.log.models import Entry, Head, Seal, Unsealed
from opencen.log.transactions import write_transaction

BATCH = 2000
HEAD_EVERY = timedelta(seconds=5)
_PG_LOCK = 0x0CE7


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head as it stands in the anchor file and in a hub's receipt."""

    sequence: int
    hash: str
    at: str
    key: str
    signature: str


def seal_pending(limit: int = BATCH) -> int:
    """Chain the entries that stand in no chain yet and return how many; sign a head when one is due."""
    with write_transaction():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PG_LOCK])
        count = _seal(limit)
    head = _sign_when_due(is_idle=count == 0)
    if head is not None:
        anchor(head)
    return count


def seal_all() -> int:
    """Seal until nothing is left and sign the head."""
    total = 0
    while count := seal_pending():
        total += count
    _sign_now()
    return total


def _seal(limit: int) -> int:
    ids = list(Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[:limit])
    if not ids:
        return 0
    last = Seal.objects.order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
    seals = []
    for entry in Entry.objects.filter(number__in=ids).order_by("number"):
        sequence += 1
        previous = link(previous, sequence, entry)
        seals.append(Seal(sequence=sequence, entry_id=entry.number, hash=previous))
    Seal.objects.bulk_create(seals, batch_size=200)
    Unsealed.objects.filter(entry_id__in=ids).delete()
    return len(seals)


def _sign_when_due(*, is_idle: bool) -> SignedHead | None:
    """Sign the newest seal if it has no head and the last head is old enough, or the queue ran empty."""
    newest = Seal.objects.order_by("-sequence").first()
    head = Head.objects.order_by("-sequence").first()
    if newest is None or (head and head.sequence >= newest.sequence):
        return None
    if head and now() - head.at < HEAD_EVERY and not is_idle:
        return None
    return _sign(newest)


def _sign_now() -> None:
    newest = Seal.objects.order_by("-sequence").first()
    if newest and not Head.objects.filter(sequence=newest.sequence).exists():
        anchor(_sign(newest))


def _sign(seal: Seal) -> SignedHead:
    keys = node_keys()
    at = now().isoformat(timespec="microseconds")
    signature = keys.sign(head_bytes(seal.sequence, seal.hash, at)).hex()
    head = SignedHead(seal.sequence, seal.hash, at, keys.fingerprint, signature)
    with write_transaction():
        Head.objects.create(sequence=seal.sequence, hash=seal.hash, at=at, key=head.key, signature=signature)
    return head


def head_bytes(sequence: int, chain_hash: str, at: str) -> bytes:
    """Write what a head's signature covers."""
    return orjson.dumps([settings.NODE_ID, sequence, chain_hash, at])


def anchor_path() -> Path:
    """Return the file outside the database that keeps every signed head."""
    return Path(settings.HOME.path) / "anchors" / "heads.jsonl"


def anchor(head: SignedHead) -> None:
    """Append a head to the anchor file and force it to disk."""
    path = anchor_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(orjson.dumps(head) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_anchors() -> list[SignedHead]:
    """Read the anchored heads, oldest first; a torn last line is left out."""
    try:
        lines = anchor_path().read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [SignedHead(**orjson.loads(text)) for text in lines if text.endswith(b"}")]


def node_keys() -> NodeKeys:
    """Load this node's keys, making them at first use."""
    return NodeKeys.open(Path(settings.HOME.path) / "secrets" / "node")


def keep_receipt_head(head: SignedHead, partner: str) -> None:
    """Keep a head that a partner's signed receipt gives back: an anchor on another machine."""
    path = anchor_path().with_name("receipts.jsonl")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(orjson.dumps({"partner": partner, **asdict(head)}) + b"\n")
