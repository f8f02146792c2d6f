"""Packets: what is sealed is opened by its recipient alone, and one changed byte is noticed."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencen.exchange.packets import new_manifest, open_packet, seal_packet
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.keys import NodeKeys

NATIONAL, HUB, STRANGER = NodeKeys.generate(), NodeKeys.generate(), NodeKeys.generate()
SENDERS = {"TN": NATIONAL.public}


def seal(payload=None, attachments=None, keys=NATIONAL, to=HUB, sender="TN", recipient="HUB") -> bytes:
    manifest = new_manifest("record", sender=sender, recipient=recipient, made_at=now(), profile="global_cen")
    return seal_packet(manifest, payload or {"kind": "seizure"}, attachments or {}, keys=keys, to=to.public)


def open_at_hub(data: bytes):
    return open_packet(data, keys=HUB, me="HUB", senders=SENDERS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.text(max_size=8), json_values, max_size=5),
    st.dictionaries(st.sampled_from("abc"), st.binary(max_size=3000)),
)
def test_what_is_sealed_is_what_is_opened(payload, attachments):
    opened = open_at_hub(seal(payload or {"a": 1}, attachments))
    assert opened.payload == (payload or {"a": 1})
    assert opened.attachments == attachments
    assert (opened.manifest.sender, opened.manifest.profile) == ("TN", "global_cen")


def test_a_photo_longer_than_a_chunk_travels_whole():
    photo = bytes(range(256)) * 10_000
    assert open_at_hub(seal(attachments={"p": photo})).attachments["p"] == photo


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_one_changed_byte_is_noticed(data):
    packet = bytearray(seal(attachments={"p": b"photo" * 50}))
    place = data.draw(st.integers(0, len(packet) - 1))
    packet[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Invalid, match="packet"):
        open_at_hub(bytes(packet))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_a_truncated_packet_is_refused(length):
    packet = seal(attachments={"p": b"photo" * 50})
    with pytest.raises(Invalid, match="packet"):
        open_at_hub(packet[: length % len(packet)])


@pytest.mark.parametrize(
    "changes",
    [
        {"epk": {"kty": "OKP", "crv": "T25519", "x": "AAAA"}},
        {"epk": {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43}},
        {"epk": {"kty": "OKP", "crv": "X448", "x": "A" * 75}},
        {"epk": {"kty": "OKP"}},
        {"epk": {}},
        {"epk": None},
        {"epk": "text"},
        {"alg": "dir"},
        {"alg": "none"},
        {"alg": 7},
        {"enc": "A128CBC-HS256"},
        {"zip": "DEF"},
        {"crit": ["b64"]},
    ],
    ids=str,
)
def test_an_envelope_with_a_made_up_header_is_refused(changes):
    packet = seal()
    start, length = packet[:6], int.from_bytes(packet[6:10], "big")
    header, *rest = packet[10 : 10 + length].split(b".")
    told = {**json.loads(base64.urlsafe_b64decode(header + b"==")), **changes}
    made = base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=")
    envelope = b".".join([made, *rest])
    with pytest.raises(Invalid, match=r"packet\.altered"):
        open_at_hub(start + len(envelope).to_bytes(4, "big") + envelope + packet[10 + length :])


def test_an_unknown_node_is_refused():
    with pytest.raises(Invalid, match=r"packet\.unknown_sender"):
        open_at_hub(seal(keys=STRANGER, sender="XX"))


def test_a_name_signed_by_another_key_is_refused():
    with pytest.raises(Invalid, match=r"packet\.altered"):
        open_at_hub(seal(keys=STRANGER, sender="TN"))


def test_a_packet_for_another_recipient_is_refused():
    with pytest.raises(Invalid, match=r"packet\.not_for_us"):
        open_at_hub(seal(recipient="OTHER"))
    with pytest.raises(Invalid, match=r"packet\.altered"):
        open_at_hub(seal(to=STRANGER))


def test_content_inside_is_not_readable_outside():
    packet = seal({"narrative": "Guayaquil"}, {"p": b"Guayaquil"})
    assert b"Guayaquil" not in packet
    assert b"global_cen" not in packet


def test_trailing_bytes_are_refused():
    with pytest.raises(Invalid, match=r"packet\.altered"):
        open_at_hub(seal() + b"x")
