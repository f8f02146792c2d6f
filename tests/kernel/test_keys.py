from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.keys import KEY_FILE, NodeKeys, PublicKeys, is_open_to_others

KEYS = NodeKeys.generate()
OTHER = NodeKeys.generate()


@given(st.binary(max_size=200), st.integers(0, 511))
def test_a_signature_holds_for_the_signed_bytes_only(data: bytes, bit: int) -> None:
    signature = KEYS.sign(data)
    assert len(signature) == 64
    assert KEYS.verify(signature, data)
    assert not KEYS.verify(signature, data + b"x")
    assert not OTHER.verify(signature, data)
    altered = bytearray(signature)
    altered[bit // 8] ^= 1 << bit % 8
    assert not KEYS.public.verify(bytes(altered), data)


@pytest.mark.parametrize("signature", [b"", b"x", b"\0" * 64, b"\0" * 65])
def test_what_is_no_signature_does_not_hold(signature: bytes) -> None:
    assert not KEYS.verify(signature, b"data")


def test_keys_are_kept_for_the_owner_only_and_read_back(tmp_path: Path) -> None:
    directory = tmp_path / "secrets" / "node"
    written = KEYS.save(directory)
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert [file.name for file in directory.iterdir()] == [KEY_FILE]
    loaded = NodeKeys.load(directory)
    assert loaded.fingerprint == KEYS.fingerprint
    assert KEYS.verify(loaded.sign(b"data"), b"data")
    assert loaded.as_jwks() == KEYS.as_jwks()
    assert not is_open_to_others(directory)
    written.chmod(0o640)
    assert is_open_to_others(directory)


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    KEYS.save(tmp_path)
    with pytest.raises(Conflict, match=r"key\.exists"):
        OTHER.save(tmp_path)
    assert NodeKeys.load(tmp_path).fingerprint == KEYS.fingerprint
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_all_who_open_at_once_get_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: NodeKeys.open(tmp_path / "node").fingerprint, range(32)))
    assert set(opened) == {NodeKeys.load(tmp_path / "node").fingerprint}


def test_missing_keys_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"key\.not_found"):
        NodeKeys.load(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"keys":[]}', b'{"keys":[{"kty":"OKP","crv":"Ed25519"}]}', b"\xff"]
)
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)
    with pytest.raises(Invalid, match=r"key\.unreadable"):
        NodeKeys.load(tmp_path)
    with pytest.raises(Invalid, match=r"key\.unreadable"):
        NodeKeys.open(tmp_path)


def test_the_published_set_holds_nothing_secret_and_is_enough_to_verify() -> None:
    published = KEYS.as_jwks()
    assert [sorted(key) for key in published["keys"]] == [["alg", "crv", "kid", "kty", "use", "x"]] * 2
    partner = PublicKeys.from_jwks(json.loads(json.dumps(published)))
    assert partner.fingerprint == KEYS.fingerprint
    assert partner.as_jwks() == published
    assert partner.verify(KEYS.sign(b"data"), b"data")


def test_fingerprints_agree_with_an_independent_implementation() -> None:
    signing, agreement = (OKPKey.import_key(dict(key)) for key in KEYS.as_jwks()["keys"])
    assert signing.thumbprint() == KEYS.fingerprint
    assert agreement.thumbprint() == KEYS.public.agreement_fingerprint


def test_the_fingerprint_is_the_one_of_the_standard() -> None:
    jwks = {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
            KEYS.as_jwks()["keys"][1],
        ]
    }
    assert PublicKeys.from_jwks(jwks).fingerprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


@pytest.mark.parametrize(
    "change",
    [
        {"x": "too-short"},
        {"x": "?" * 43},
        {"x": 5},
        {"kty": "EC"},
        {"crv": "X25519"},
    ],
)
def test_a_bad_published_key_is_refused(change: dict[str, Any]) -> None:
    jwks = KEYS.as_jwks()
    jwks["keys"][0] |= change
    with pytest.raises(Invalid, match=r"key\.unreadable"):
        PublicKeys.from_jwks(jwks)


def test_two_nodes_agree_on_one_secret() -> None:
    assert KEYS.agreement.exchange(OTHER.public.agreement) == OTHER.agreement.exchange(KEYS.public.agreement)


def test_no_text_form_shows_a_secret(tmp_path: Path) -> None:
    secrets = [key["d"] for key in json.loads(KEYS.save(tmp_path).read_bytes())["keys"]]
    assert not any(secret in f"{KEYS!r} {KEYS} {KEYS.public!r} {KEYS.as_jwks()}" for secret in secrets)
