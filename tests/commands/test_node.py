"""A node is made with its keys, hands out its card and pins partners by theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.server import run_command


def make_node(home: Path, name: str, kind: str, country: str) -> dict[str, object]:
    run_command(home, "node", "init", "--id", name, "--kind", kind, "--country", country, "--name", f"The {kind} node")
    card: dict[str, object] = json.loads(run_command(home, "node", "card", "--url", f"https://{name}.example").stdout)
    return card


@pytest.mark.slow
def test_two_nodes_are_made_and_know_each_other_by_their_cards(new_home: Path, tmp_path: Path) -> None:
    national, hub = new_home / "national", new_home / "hub"
    cards = {"tn": make_node(national, "TN", "national", "TN"), "hub": make_node(hub, "hub", "hub", "XX")}
    assert cards["tn"]["id"] == "tn"
    assert cards["tn"]["url"] == "https://TN.example"
    assert cards["hub"]["kind"] == "hub"
    assert cards["tn"]["fingerprint"] != cards["hub"]["fingerprint"]
    assert '"d"' not in json.dumps(cards), "a private key stands on a card"
    assert run_command(hub, "node", "list").stdout == "no partners yet\n"

    for name, card in cards.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(card), "utf-8")
    said = run_command(hub, "node", "add", str(tmp_path / "tn.json"), "--accepts").stdout
    assert str(cards["tn"]["fingerprint"]) in said
    run_command(national, "node", "add", str(tmp_path / "hub.json"), "--url", "https://127.0.0.1:9")

    listed = run_command(hub, "node", "list").stdout.split()
    assert listed[:4] == ["tn", "national", "TN", "https://TN.example"]
    assert "taken in by itself" in run_command(hub, "node", "list").stdout
    assert "https://127.0.0.1:9" in run_command(national, "node", "list").stdout

    again = run_command(hub, "node", "add", str(tmp_path / "tn.json"), check=False)
    assert again.returncode == 1
    assert "partner.exists" in again.stderr


@pytest.mark.slow
def test_what_is_no_card_is_refused_in_a_sentence(new_home: Path, tmp_path: Path) -> None:
    card = make_node(new_home, "tn", "national", "TN")
    refused = {
        "missing.json": (None, "cannot read"),
        "text.json": ("not json", "is not a node's card"),
        "list.json": ("[]", "is not a node's card"),
        "empty.json": ("{}", "partner.not_a_card"),
        "own.json": (json.dumps(card), "partner.own_card"),
        "pinned.json": (json.dumps({**card, "id": "other", "fingerprint": "x"}), "partner.fingerprint"),
    }
    for name, (content, said) in refused.items():
        path = tmp_path / name
        if content is not None:
            path.write_text(content, "utf-8")
        done = run_command(new_home, "node", "add", str(path), check=False)
        assert done.returncode == 1, name
        assert said in done.stderr, name
        assert "Traceback" not in done.stderr, name


@pytest.mark.slow
def test_a_node_that_could_not_be_told_from_others_is_not_made(new_home: Path) -> None:
    for arguments in (("--id", "two words"), ("--country", "ZZ"), ("--kind", "moon")):
        done = run_command(new_home / "x", "node", "init", *arguments, check=False)
        assert done.returncode in (1, 2), arguments
    assert not (new_home / "x" / "opencen.toml").exists()


@pytest.mark.slow
def test_a_card_needs_an_installation(new_home: Path) -> None:
    done = run_command(new_home / "nowhere", "node", "card", check=False)
    assert done.returncode == 1
    assert "there is no installation" in done.stderr
