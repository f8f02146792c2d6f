"""Packets: a manifest signed (JWS, Ed25519) inside an encryption (JWE, X25519 + A256GCM), and content beside it.

The document and the attachments travel as raw AES-256-GCM chunks under keys and digests that the
manifest carries: nothing is nested in base64 twice. The recipient stands inside the signature.

A packet as bytes: magic, version, length of the envelope, envelope, then each part's bytes.
"""

from __future__ import annotations

import base64
import secrets
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from opencen.kernel.canonical import sha256_hex
from opencen.kernel.errors import Invalid
from opencen.kernel.ids import uuid7
from opencen.kernel.keys import NodeKeys, PublicKeys

MAGIC = b"OCEN"
VERSION = 1
CHUNK = 1 << 20
MAX_ENVELOPE = 256 * 1024
MAX_DOCUMENT = 16 * 1024 * 1024
MAX_PARTS = 64
KINDS = (
    "record", "correction", "recall", "message", "attachment", "receipt",
    "hit_query", "hit_answer", "code_list", "catalogue",
)  # fmt: skip
_HEADER = struct.Struct(">4sHI")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a packet says of itself; the signature covers all of it."""

    id: UUID
    kind: str
    sender: str
    recipient: str
    made_at: datetime
    profile: str = ""
    agreement: str = ""
    handling: Mapping[str, Any] = field(default_factory=dict)
    schema: Mapping[str, Any] = field(default_factory=dict)
    subject: Mapping[str, Any] = field(default_factory=dict)


# What the JOSE library raises for headers of somebody else's making: it asserts and looks up what they name.
_HOSTILE = (JoseError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


@dataclass(frozen=True, slots=True)
class Packet:
    """An opened packet: its manifest, its payload and its attachments by digest."""

    manifest: Manifest
    payload: dict[str, Any]
    attachments: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A packet whose manifest is verified, before its parts are opened."""

    manifest: Manifest
    parts: Sequence[Mapping[str, Any]]
    body: memoryview


def seal_packet(
    manifest: Manifest, payload: Mapping[str, Any], attachments: Mapping[str, bytes], *, keys: NodeKeys, to: PublicKeys
) -> bytes:
    """Compress, encrypt and sign a packet for one recipient."""
    document = zstandard.ZstdCompressor(level=6).compress(orjson.dumps(payload, default=str))
    bodies, parts = [], []
    for name, content in (("document", document), *attachments.items()):
        sealed, part = _seal_part(name, content)
        bodies.append(sealed)
        parts.append(part)
    content = orjson.dumps({"manifest": _manifest_json(manifest), "parts": parts})
    signed = jws.serialize_compact(
        {"alg": "Ed25519", "kid": keys.fingerprint}, content, _own_keys(keys)[0], ["Ed25519"]
    )
    protected = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": to.agreement_fingerprint}
    envelope = jwe.encrypt_compact(protected, signed, _public_keys(to)[1]).encode()
    return b"".join([_HEADER.pack(MAGIC, VERSION, len(envelope)), envelope, *bodies])


def _seal_part(name: str, content: bytes) -> tuple[bytes, dict[str, Any]]:
    key = AESGCM.generate_key(bit_length=256)
    cipher, prefix = AESGCM(key), secrets.token_bytes(8)
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    sealed = b"".join(
        cipher.encrypt(prefix + struct.pack(">I", number), chunk, _place(name, number, len(chunks)))
        for number, chunk in enumerate(chunks)
    )
    part = {
        "name": name,
        "size": len(content),
        "sealed": len(sealed),
        "sha256": sha256_hex(content),
        "key": key.hex(),
        "nonce": prefix.hex(),
    }
    return sealed, part


def _place(name: str, number: int, total: int) -> bytes:
    return f"{name}:{number}:{total}".encode()


def open_envelope(data: bytes, *, keys: NodeKeys, me: str, senders: Mapping[str, PublicKeys]) -> Envelope:
    """Decrypt and verify a packet's manifest; `senders` are the pinned keys by node id."""
    if len(data) < _HEADER.size:
        raise Invalid("packet.truncated")
    magic, version, length = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise Invalid("packet.not_a_packet")
    if version != VERSION:
        raise Invalid("packet.version", version=version, newest=VERSION)
    if length > MAX_ENVELOPE or len(data) < _HEADER.size + length:
        raise Invalid("packet.truncated")
    body = memoryview(data)
    try:
        opened = jwe.decrypt_compact(bytes(body[_HEADER.size : _HEADER.size + length]), _own_keys(keys)[1])
        claimed = jws.extract_compact(opened.plaintext or b"")
        sender, found = _sender_of(claimed.payload, senders)
        signed = jws.deserialize_compact(opened.plaintext or b"", _public_keys(found)[0], ["Ed25519"])
    except _HOSTILE as error:
        raise Invalid("packet.altered", reason=type(error).__name__) from None
    content = orjson.loads(signed.payload)
    manifest = _manifest_of(content)
    if manifest.recipient != me or manifest.sender != sender:
        raise Invalid("packet.not_for_us", recipient=manifest.recipient)
    return Envelope(manifest, _parts_of(content), body[_HEADER.size + length :])


def _sender_of(payload: bytes, senders: Mapping[str, PublicKeys]) -> tuple[str, PublicKeys]:
    """Read who claims to send, only to choose the pinned key that must verify it."""
    sender = str(orjson.loads(payload)["manifest"]["from"])
    if sender not in senders:
        raise Invalid("packet.unknown_sender", sender=sender[:32])
    return sender, senders[sender]


def open_packet(data: bytes, *, keys: NodeKeys, me: str, senders: Mapping[str, PublicKeys]) -> Packet:
    """Open a whole packet, every part checked against the digest in its manifest."""
    envelope = open_envelope(data, keys=keys, me=me, senders=senders)
    opened: dict[str, bytes] = {}
    at = 0
    for part in envelope.parts:
        sealed = bytes(envelope.body[at : at + part["sealed"]])
        opened[part["name"]] = _open_part(sealed, part)
        at += part["sealed"]
    if at != len(envelope.body):
        raise Invalid("packet.truncated" if at > len(envelope.body) else "packet.altered", reason="length")
    document = opened.pop("document", None)
    if document is None:
        raise Invalid("packet.no_document")
    try:
        payload = orjson.loads(zstandard.ZstdDecompressor().decompress(document, max_output_size=MAX_DOCUMENT))
    except (zstandard.ZstdError, ValueError):
        raise Invalid("packet.document_unreadable") from None
    return Packet(envelope.manifest, payload, opened)


def _open_part(sealed: bytes, part: Mapping[str, Any]) -> bytes:
    if len(sealed) != part["sealed"]:
        raise Invalid("packet.truncated", part=part["name"])
    step = CHUNK + 16
    chunks = [sealed[at : at + step] for at in range(0, len(sealed), step)]
    try:
        cipher, prefix = AESGCM(bytes.fromhex(part["key"])), bytes.fromhex(part["nonce"])
        content = b"".join(
            cipher.decrypt(prefix + struct.pack(">I", number), chunk, _place(part["name"], number, len(chunks)))
            for number, chunk in enumerate(chunks)
        )
    except (InvalidTag, ValueError):
        raise Invalid("packet.altered", part=part["name"]) from None
    if sha256_hex(content) != part["sha256"]:
        raise Invalid("packet.altered", part=part["name"])
    return content


def new_manifest(kind: str, *, sender: str, recipient: str, made_at: datetime, **fields: Any) -> Manifest:
    """Start a packet's manifest with a fresh id."""
    if kind not in KINDS:
        raise ValueError(kind)
    return Manifest(uuid7(), kind, sender, recipient, made_at, **fields)


def _manifest_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "id": str(manifest.id),
        "kind": manifest.kind,
        "from": manifest.sender,
        "to": manifest.recipient,
        "made_at": manifest.made_at.isoformat(),
        "profile": manifest.profile,
        "agreement": manifest.agreement,
        "handling": dict(manifest.handling),
        "schema": dict(manifest.schema),
        "subject": dict(manifest.subject),
    }


def _parts_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read the list of parts; a partner that signs nonsense is refused like any other."""
    try:
        return [
            {
                "name": str(part["name"]),
                "size": int(part["size"]),
                "sealed": int(part["sealed"]),
                "sha256": str(part["sha256"]),
                "key": bytes.fromhex(part["key"]).hex(),
                "nonce": bytes.fromhex(part["nonce"]).hex(),
            }
            for part in content["parts"][:MAX_PARTS]
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise Invalid("packet.manifest", reason=type(error).__name__) from None


def _manifest_of(content: Mapping[str, Any]) -> Manifest:
    try:
        found = content["manifest"]
        return Manifest(
            UUID(found["id"]),
            str(found["kind"]),
            str(found["from"]),
            str(found["to"]),
            datetime.fromisoformat(found["made_at"]),
            str(found.get("profile", "")),
            str(found.get("agreement", "")),
            dict(found.get("handling") or {}),
            dict(found.get("schema") or {}),
            dict(found.get("subject") or {}),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise Invalid("packet.manifest", reason=type(error).__name__) from None


def _own_keys(keys: NodeKeys) -> tuple[OKPKey, OKPKey]:
    """Return (signing, agreement) as JOSE keys; making them costs more than using them."""
    return (
        _jose_key("Ed25519", keys.signing.public_key().public_bytes_raw(), keys.signing.private_bytes_raw()),
        _jose_key("X25519", keys.agreement.public_key().public_bytes_raw(), keys.agreement.private_bytes_raw()),
    )


def _public_keys(keys: PublicKeys) -> tuple[OKPKey, OKPKey]:
    return (
        _jose_key("Ed25519", keys.signing.public_bytes_raw()),
        _jose_key("X25519", keys.agreement.public_bytes_raw()),
    )


@lru_cache(maxsize=512)
def _jose_key(curve: str, public: bytes, private: bytes = b"") -> OKPKey:
    found: dict[str, str | list[str]] = {"kty": "OKP", "crv": curve, "x": _encode(public)}
    return OKPKey.import_key({**found, "d": _encode(private)} if private else found)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
