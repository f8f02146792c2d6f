"""A node's keys: Ed25519 to sign, X25519 to agree on what encrypts; kept in one file, published as a JWK set."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from opencen.kernel.errors import Conflict, Invalid, NotFound

KEY_FILE = "keys.json"
_SIGNING = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"}
_AGREEMENT = {"kty": "OKP", "crv": "X25519", "use": "enc", "alg": "ECDH-ES"}


@dataclass(frozen=True)
class PublicKeys:
    """Hold what the world may know of a node's keys."""

    signing: Ed25519PublicKey
    agreement: X25519PublicKey

    @classmethod
    def from_jwks(cls, jwks: Mapping[str, Any]) -> PublicKeys:
        """Read a published JWK set: one Ed25519 key to sign and one X25519 key to agree."""
        try:
            signing = Ed25519PublicKey.from_public_bytes(_find_part(jwks, "Ed25519", "x"))
            agreement = X25519PublicKey.from_public_bytes(_find_part(jwks, "X25519", "x"))
        except ValueError as error:
            raise Invalid("key.unreadable", reason=str(error)) from None
        return cls(signing, agreement)

    @cached_property
    def fingerprint(self) -> str:
        """Return the RFC 7638 thumbprint of the signing key, which is what partners pin."""
        return _thumbprint("Ed25519", self.signing.public_bytes_raw())

    @cached_property
    def agreement_fingerprint(self) -> str:
        """Return the RFC 7638 thumbprint of the agreement key, its key id in packets."""
        return _thumbprint("X25519", self.agreement.public_bytes_raw())

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Tell whether the node signed these bytes."""
        try:
            self.signing.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def as_jwks(self) -> dict[str, list[dict[str, str]]]:
        """Write the keys as the JWK set that is published (RFC 7517, RFC 8037)."""
        signing = {**_SIGNING, "kid": self.fingerprint, "x": _encode(self.signing.public_bytes_raw())}
        agreement = {**_AGREEMENT, "kid": self.agreement_fingerprint, "x": _encode(self.agreement.public_bytes_raw())}
        return {"keys": [signing, agreement]}


@dataclass(frozen=True, repr=False)
class NodeKeys:
    """Hold a node's own keys; what is secret in them shows in no text form."""

    signing: Ed25519PrivateKey
    agreement: X25519PrivateKey

    @classmethod
    def generate(cls) -> NodeKeys:
        """Make a new pair of keys."""
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def load(cls, directory: Path) -> NodeKeys:
        """Read the keys kept in a directory, or raise NotFound."""
        try:
            return cls._read((directory / KEY_FILE).read_bytes())
        except FileNotFoundError:
            raise NotFound("key.not_found", directory=directory.name) from None

    @classmethod
    def open(cls, directory: Path) -> NodeKeys:
        """Load the keys of a directory, making them at first use; of two who make them at once, one wins."""
        try:
            return cls.load(directory)
        except NotFound:
            made = cls.generate()
        try:
            made.save(directory)
        except Conflict:
            return cls.load(directory)
        return made

    def save(self, directory: Path) -> Path:
        """Write the keys into a directory, whole and for the owner only; raise Conflict where there are keys."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = directory / KEY_FILE
        draft = directory / f".{KEY_FILE}.{secrets.token_hex(8)}"
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(orjson.dumps(self._as_private_jwks(), option=orjson.OPT_INDENT_2))
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, target)  # unlike a rename, a link fails where the target is there already
        except FileExistsError:
            raise Conflict("key.exists", directory=directory.name) from None
        finally:
            draft.unlink(missing_ok=True)
        _flush_directory(directory)
        return target

    @cached_property
    def public(self) -> PublicKeys:
        """Return the public half."""
        return PublicKeys(self.signing.public_key(), self.agreement.public_key())

    @property
    def fingerprint(self) -> str:
        """Return the RFC 7638 thumbprint of the signing key."""
        return self.public.fingerprint

    def sign(self, data: bytes) -> bytes:
        """Sign bytes; 64 bytes of signature."""
        return self.signing.sign(data)

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Tell whether this node signed these bytes."""
        return self.public.verify(signature, data)

    def as_jwks(self) -> dict[str, list[dict[str, str]]]:
        """Write the public half as the JWK set that is published."""
        return self.public.as_jwks()

    def __repr__(self) -> str:
        return f"<NodeKeys {self.fingerprint}>"

    def _as_private_jwks(self) -> dict[str, list[dict[str, str]]]:
        signing, agreement = self.public.as_jwks()["keys"]
        return {
            "keys": [
                {**signing, "d": _encode(self.signing.private_bytes_raw())},
                {**agreement, "d": _encode(self.agreement.private_bytes_raw())},
            ]
        }

    @classmethod
    def _read(cls, content: bytes) -> NodeKeys:
        try:
            jwks = orjson.loads(content)
            signing = Ed25519PrivateKey.from_private_bytes(_find_part(jwks, "Ed25519", "d"))
            agreement = X25519PrivateKey.from_private_bytes(_find_part(jwks, "X25519", "d"))
        except ValueError as error:
            raise Invalid("key.unreadable", reason=str(error)) from None
        return cls(signing, agreement)


def is_open_to_others(directory: Path) -> bool:
    """Tell whether somebody besides the owner may read the kept keys."""
    return bool((directory / KEY_FILE).stat().st_mode & 0o077)


def _find_part(jwks: Any, curve: str, part: str) -> bytes:
    """Return one part of the one key of a curve in a JWK set, or raise ValueError."""
    keys = jwks.get("keys") if isinstance(jwks, Mapping) else None
    if not isinstance(keys, list):
        raise ValueError("not a JWK set")
    found = [key for key in keys if isinstance(key, Mapping) and (key.get("kty"), key.get("crv")) == ("OKP", curve)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} keys of curve {curve} where one is expected")
    value = found[0].get(part)
    if not isinstance(value, str):
        raise ValueError(f"no part {part!r} in the {curve} key")
    return _decode(value)


def _thumbprint(curve: str, public: bytes) -> str:
    """Hash the required members in their order without spaces (RFC 7638, RFC 8037 appendix A.3)."""
    members = f'{{"crv":"{curve}","kty":"OKP","x":"{_encode(public)}"}}'
    return _encode(hashlib.sha256(members.encode()).digest())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64url: {error}") from None


def _flush_directory(directory: Path) -> None:
    """Make a new directory entry survive a power failure."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
