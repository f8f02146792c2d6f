"""The demonstration: drawn from figures and a seed, everybody invented, and repeatable."""

from __future__ import annotations

import io
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from opencen.commands.demo import names
from opencen.commands.demo.cases import Drawn
from opencen.commands.demo.country import BY_CODE, POSTS, SILENT, UNITS
from opencen.commands.demo.history import YEAR, draw_tallies, draw_year
from opencen.commands.demo.marginals import flow_shares, read_marginals, seeded
from opencen.commands.demo.photos import PICTURES, draw_photo
from opencen.kernel.check_digits import identifier
from opencen.kernel.uploads import read_exif, strip_and_scale
from tests.support.ports import free_port
from tests.support.server import command_environment

TAKEN = datetime(2026, 6, 12, 5, 20, tzinfo=UTC)


def draw(seed: int = 7, total: int = 300) -> list[Drawn]:
    return draw_year(seeded(seed), YEAR, total)


@pytest.mark.django_db
def test_the_same_seed_draws_the_same_cases_and_another_seed_others() -> None:
    first, again, other = draw(), draw(), draw(seed=8)
    assert [(case.id, case.document) for case in first] == [(case.id, case.document) for case in again]
    assert [case.document for case in first] != [case.document for case in other]


@pytest.mark.django_db
def test_a_year_has_as_many_cases_as_asked_for_and_a_silent_office_has_none() -> None:
    cases = draw()
    assert len(cases) == 300
    assert {case.found.year for case in cases} == {YEAR}
    assert [case for case in cases if case.found.month in SILENT.get(case.office, ())] == []
    assert all(case.found < case.recorded for case in cases)


@pytest.mark.django_db
def test_sections_come_in_the_shares_of_the_figures() -> None:
    cases = draw(total=900)
    shares, together = flow_shares(), sum(flow_shares().values())
    found = Counter(case.document["lines"][0]["commodity"].partition(".")[0] for case in cases)
    for section in read_marginals()["sections"]:
        share = sum(value for flow, value in shares.items() if flow.startswith(f"{section}.")) / together
        assert abs(found[section] / len(cases) - share) < 0.05, section


@pytest.mark.django_db
def test_numbers_have_right_check_digits_and_belong_to_nobody() -> None:
    rng = seeded(3)
    for _ in range(50):
        container = names.container_number(rng)
        assert identifier("iso6346").explain(container) is None
        assert container[:4] in names.OWNERS
        assert identifier("imo").explain(names.imo_number(rng)) is None
        assert identifier("s10").explain(names.parcel_number(rng, "FR")) is None


def test_tallies_add_up_to_the_checks_that_were_made() -> None:
    tallies = draw_tallies(seeded(1), YEAR, 82_014, weekly=True)
    assert sum(tally.document["count"] for tally in tallies) == 82_014
    assert min(tally.document["count"] for tally in tallies) >= 1


def test_the_country_has_21_offices_in_districts_with_units() -> None:
    assert len(POSTS) == len(BY_CODE) == 21
    assert {"RDS", "TUN", "SFA", "RDJ"} <= set(BY_CODE)
    assert all(above in BY_CODE for _code, _name, above in UNITS)


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_a_photo_is_drawn_the_same_again_and_what_leaves_has_lost_its_exif(kind: str) -> None:
    content = draw_photo(kind, 1, TAKEN)
    assert content == draw_photo(kind, 1, TAKEN)
    assert content != draw_photo(kind, 2, TAKEN)
    assert len(content) < 150_000
    assert read_exif(content)
    clean = strip_and_scale(content, 1600)
    assert not Image.open(io.BytesIO(clean)).getexif()


def run_demo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "opencen.commands.main", "--home", str(home), "demo", "--no-serve", *arguments],
        env=command_environment(home),
        capture_output=True,
        text=True,
        timeout=280,
    )


def count(home: Path, query: str) -> dict[str, int]:
    with sqlite3.connect(home / "national" / "opencen.sqlite3") as database:
        return dict(database.execute(query).fetchall())


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.timeout(600)
def test_a_demonstration_is_made_kept_and_started_over(new_home: Path) -> None:
    home, port = new_home / "demo", str(free_port())
    made = run_demo(home, "--cases", "40", "--port", port)
    assert made.returncode == 0, made.stderr
    passwords = dict(re.findall(r"^  (\S+)\s+((?:\w{4}-){3}\w{4})", made.stdout, re.MULTILINE))
    assert set(passwords) == {
        "officer", "validator", "contact", "analyst", "legal", "investigator", "administrator", "auditor", "hub",
    }  # fmt: skip
    states = "select state, count(*) from records_record where type = 'case' group by 1"
    first = count(home, states)
    assert first["submitted"] == 19
    assert (first["returned"], first["amended"], first["cancelled"]) == (2, 2, 1)
    assert first["validated"] >= 40
    assert count(home, "select state, count(*) from release_release group by 1") == {"queued": 7}
    assert count(home, "select kind, count(*) from records_hold group by 1") == {"controlled_delivery": 1}

    again = run_demo(home, "--cases", "40", "--port", port)
    assert again.returncode == 0, again.stderr
    renewed = dict(re.findall(r"^  (\S+)\s+((?:\w{4}-){3}\w{4})", again.stdout, re.MULTILINE))
    assert set(renewed) == set(passwords)
    assert not set(renewed.values()) & set(passwords.values())
    assert count(home, states) == first


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_an_installation_of_ones_own_is_never_taken_for_a_demonstration(new_home: Path) -> None:
    (new_home / "opencen.toml").write_text("[node]\n", "utf-8")
    (new_home / "kept.txt").write_text("mine", "utf-8")
    done = run_demo(new_home, "--fresh")
    assert done.returncode == 1
    assert "is an installation of its own" in done.stderr
    assert (new_home / "kept.txt").read_text("utf-8") == "mine"
