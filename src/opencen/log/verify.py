"""Verify the log: the chain, its heads, the anchors outside, and what is not sealed yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from opencen.log.chain import GENESIS, link
from opencen.log.models import Entry, Head, Seal
from opencen.log.reader import unsealed_window
from opencen.log.sealer import head_bytes, node_keys, read_anchors

_CHUNK = 5000


@dataclass(slots=True)
class Verification:
    """What a verification found; `problems` is empty when everything agrees."""

    sealed: int = 0
    heads: int = 0
    anchors: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None
    problems: list[str] = field(default_factory=list)
    first_altered: int | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was altered, lost or rolled back."""
        return not self.problems


def verify_log() -> Verification:
    """Recompute the whole chain and compare it with seals, signed heads and anchored heads."""
    found = Verification()
    found.unsealed, found.unsealed_since = unsealed_window()
    hashes = _verify_chain(found)
    _verify_entries_are_reached(found)
    keys = node_keys()
    for head in Head.objects.order_by("sequence").iterator():
        found.heads += 1
        content = head_bytes(head.sequence, head.hash, head.at.isoformat(timespec="microseconds"))
        if hashes.get(head.sequence, head.hash) != head.hash:
            found.problems.append(f"head {head.sequence} does not agree with the chain")
        if head.key == keys.fingerprint and not keys.verify(bytes.fromhex(head.signature), content):
            found.problems.append(f"head {head.sequence} is not signed by this node")
    _verify_anchors(found, hashes)
    return found


def _verify_chain(found: Verification) -> dict[int, str]:
    """Walk the chain; return the hash at every place that a head or anchor names."""
    wanted = set(Head.objects.values_list("sequence", flat=True)) | {head.sequence for head in read_anchors()}
    previous, expected, hashes = GENESIS, 0, {}
    for seal, entry in _pairs():
        expected += 1
        if found.first_altered is None and seal.sequence != expected:
            _note(found, expected, f"place {expected} of the chain is missing")
            expected = seal.sequence
        computed = link(previous, seal.sequence, entry)
        if computed != seal.hash and found.first_altered is None:
            _note(found, seal.sequence, f"entry {seal.sequence} ({entry.act}, {entry.at:%Y-%m-%d %H:%M}) was altered")
        previous = seal.hash
        found.sealed += 1
        if seal.sequence in wanted:
            hashes[seal.sequence] = seal.hash
    return hashes


def _note(found: Verification, sequence: int, problem: str) -> None:
    found.first_altered = sequence
    found.problems.append(problem)


def _pairs() -> Iterator[tuple[Seal, Entry]]:
    start = 0
    while part := list(Seal.objects.filter(sequence__gt=start).select_related("entry").order_by("sequence")[:_CHUNK]):
        for seal in part:
            yield seal, seal.entry
        start = part[-1].sequence


def _verify_entries_are_reached(found: Verification) -> None:
    """An entry is sealed or waits in the queue; one that is neither was put in from outside."""
    stray = Entry.objects.filter(seal=None, queue=None).values_list("number", flat=True)[:5]
    found.problems.extend(f"entry number {number} stands in no chain and in no queue" for number in stray)


def _verify_anchors(found: Verification, hashes: dict[int, str]) -> None:
    """Compare the anchors: one behind the newest seal tells that an older backup was restored."""
    for head in read_anchors():
        found.anchors += 1
        if head.sequence > found.sealed:
            missing = f"{found.sealed + 1} to {head.sequence}"
            found.problems.append(f"older state: entries {missing} were anchored at {head.at} and are not here")
            return
        if hashes.get(head.sequence) != head.hash:
            found.problems.append(f"the chain at {head.sequence} is not the one anchored at {head.at}")
            return
