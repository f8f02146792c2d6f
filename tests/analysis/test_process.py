"""The figures process: it answers as this process would, to nobody else, and the web holds none of its libraries."""

from __future__ import annotations

import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from opencen.analysis.asking import remote, serving
from opencen.analysis.asking.line import receive, send, socket_path
from opencen.analysis.asking.packing import pack, unpack
from opencen.analysis.asking.remote import Line, RemoteMoment
from opencen.analysis.asking.serving import FiguresServer
from opencen.analysis.measures.rates import Frame
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.queries import Figures, list_questions, open_figures
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound, Unavailable
from opencen.records.lock import LockTerms, lock_terms
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.worlds import World
from tests.support.server import command_environment

EVER = Selection(states=STATES)
YEAR = Selection(date(2026, 1, 1), date(2026, 12, 1), states=STATES)
MODULES = ("ibis", "pyarrow", "duckdb", "sqlglot")
WEB = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.test import Client
from opencen.accounts.models import Grant, Office, User
from opencen.analysis.asking.choosing import ask_figures_process
from opencen.config.home import open_home
import opencen.config.wsgi
ask_figures_process(open_home().path)
office, _made = Office.objects.get_or_create(code="HQ", defaults={"name": "HQ", "path": "HQ", "kind": "headquarters"})
user, _made = User.objects.get_or_create(username="reader", defaults={"name": "Reader", "office": office})
Grant.objects.get_or_create(user=user, role="analyst", office=office)
client = Client(HTTP_HOST="localhost")
client.force_login(user, "django.contrib.auth.backends.ModelBackend")
for address in sys.argv[1:]:
    print(address, client.get(address).status_code)
print("loaded", sorted({name.partition(".")[0] for name in sys.modules} & {"ibis", "pyarrow", "duckdb", "sqlglot"}))
"""


class DirectLine(Line):
    """A line to a server in this process."""

    def __init__(self, server: FiguresServer) -> None:
        super().__init__(server.path)
        self.server = server

    def _exchange(self, content: bytes) -> bytes:
        return self.server.answer(content)


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return DirectLine(FiguresServer(tmp_path))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.dates() | st.datetimes(timezones=st.just(UTC)) | st.decimals(allow_nan=False) | st.uuids(),
    lambda inner: st.lists(inner, max_size=4)
    | st.lists(inner, max_size=4).map(tuple)
    | st.dictionaries(st.text() | st.tuples(st.text(), st.none()), inner, max_size=4)
    | st.frozensets(st.text() | st.uuids(), max_size=4)
    | st.sets(st.tuples(st.text(), st.integers(0, 9)), max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_what_travels_arrives_as_it_was(value: Any):
    found = unpack(pack(value))
    assert found == value
    assert type(found) is type(value)


def test_terms_and_selections_travel_and_nothing_else_does():
    terms = LockTerms(frozenset({"case"}), frozenset({uuid4()}), 2, frozenset())
    assert unpack(pack([terms, YEAR])) == [terms, YEAR]
    with pytest.raises(TypeError):
        pack(object())
    with pytest.raises(KeyError):
        unpack(b'{"@":"Popen","v":["true"]}')


@pytest.mark.django_db
def test_the_process_answers_every_question_as_this_process_would(line: Line):
    world = World.make(3)
    for actor in world.readers().values():
        there, here = RemoteMoment.open(line), open_figures(actor)
        if has_rows(here):
            compare_questions(actor, there, here)
        members = {"section": "drugs"}
        assert there.list_behind(lock_terms(actor), YEAR, members, 9) == here.records_behind(YEAR, members, 9)
        assert there.list_revisions(lock_terms(actor), EVER, 99) == here.revisions_behind(EVER, 99)
        assert there.count_years(lock_terms(actor), EVER) == here.count_years(EVER)
        frame = Frame(lock_terms(actor), date(2026, 1, 1), date(2026, 12, 1), actor.office_ids)
        assert there.read_quality(frame, "RDS") == here.moment.read_quality(frame, "RDS")


def compare_questions(actor: Actor, there: RemoteMoment, here: Figures) -> None:
    """Ask every question here and there, in two languages."""
    for question, language in product(list_questions(), ("en", "fr")):
        with translation.override(language):
            found, mine = there.answer(lock_terms(actor), question.name, YEAR, {}), here.ask(question.name, YEAR)
            assert unpack(pack(mine)).rows == found.rows, question.name
            assert [str(column.label) for column in mine.columns] == [str(c.label) for c in found.columns]
            assert (found.links, found.totals) == (mine.links, dict(mine.totals))


def has_rows(figures: Figures) -> bool:
    """Tell whether a reader sees enough for every question to be answered."""
    return bool(figures.ask("cases_by_section", YEAR).totals["cases"] > 5)


@pytest.mark.django_db
def test_what_is_wrong_is_said_as_it_would_be_here(line: Line):
    make.country()
    moment, terms = RemoteMoment.open(line), lock_terms(make.actor("analyst"))
    with pytest.raises(Invalid) as caught:
        moment.answer(terms, "pivot", YEAR, {"measure": "sorrow"})
    assert (caught.value.code, caught.value.path, caught.value.data["value"]) == (
        "figure.unknown_choice", "measure", "sorrow",
    )  # fmt: skip
    with pytest.raises(NotFound):
        moment.answer(terms, "nothing", YEAR, {})
    with pytest.raises(Invalid, match=r"figures\.unknown_act"):
        line.ask("__init__", moment="", given=[])


@pytest.mark.django_db
def test_a_fault_is_told_as_one_and_written_to_the_log(line: Line, monkeypatch: pytest.MonkeyPatch, caplog: Any):
    make.country()
    monkeypatch.setattr(serving.LocalMoment, "count_years", lambda *given: 1 / 0)
    with pytest.raises(Unavailable, match=r"figures\.failed"):
        RemoteMoment.open(line).count_years(lock_terms(make.actor("analyst")), YEAR)
    assert "ZeroDivisionError" in caplog.text


def test_where_no_process_is_the_answer_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remote, "PATIENCE", 0.2)
    with pytest.raises(Unavailable, match=r"figures\.away"):
        RemoteMoment.open(Line(socket_path(tmp_path)))


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remote, "LONGEST_ANSWER", 0.3)
    with listening(tmp_path) as listener:
        listener.listen()
        start = time.monotonic()
        with pytest.raises(Unavailable, match=r"figures\.too_slow"):
            Line(socket_path(tmp_path)).ask("open")
        assert time.monotonic() - start < 2


def test_a_process_that_was_started_again_is_asked_once_more(tmp_path: Path):
    def serve(listener: socket.socket) -> None:
        first, _ = listener.accept()
        receive(first)
        first.close()
        second, _ = listener.accept()
        receive(second)
        send(second, pack({"answer": 7}))

    with listening(tmp_path) as listener:
        listener.listen()
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        assert Line(socket_path(tmp_path)).ask("open") == {"answer": 7}
        thread.join()


def listening(home: Path) -> socket.socket:
    """Open a socket where a figures process would listen."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(socket_path(home)))
    return listener


def test_nobody_else_may_open_the_socket(tmp_path: Path):
    server = FiguresServer(tmp_path)
    server.listen()
    assert stat.S_IMODE(socket_path(tmp_path).stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_slow_question_is_broken_off_and_a_quick_one_is_answered_meanwhile():
    make.country()
    make.submit_case(make.actor("officer", "RDS"))
    snapshot = open_figures(make.actor("analyst")).moment.snapshot  # type: ignore[attr-defined]
    caught: list[str] = []

    def run() -> None:
        try:
            snapshot.fetch("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b")
        except Unavailable as error:
            caught.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.3)
    assert snapshot.fetch("SELECT 7") == [(7,)]
    snapshot.interrupt_slow(0.1)
    thread.join(10)
    assert caught == ["figures.too_slow"]


@pytest.fixture
def home(initialised_home: Path) -> Path:
    return initialised_home


def start_figures(home: Path) -> subprocess.Popen[bytes]:
    """Start the figures process of a home."""
    environment = command_environment(home) | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    return subprocess.Popen([sys.executable, "-m", "opencen.config.figures"], env=environment)


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_web_process_shows_figures_without_loading_their_libraries(home: Path):
    environment = command_environment(home) | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    process = start_figures(home)
    try:
        pages = ["/analysis", "/analysis/figures/pivot?rows=sex&columns=week", "/analysis/report", "/quality"]
        command = [sys.executable, "-c", WEB, *pages]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.stdout.splitlines() == [*(f"{page} 200" for page in pages), "loaded []"], done.stderr
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        away = subprocess.run([*command[:3], "/analysis"], env=environment, capture_output=True, text=True, timeout=120)
        assert away.stdout.splitlines() == ["/analysis 503", "loaded []"], away.stderr
        process = start_figures(home)
        again = subprocess.run(
            [*command[:3], "/analysis"], env=environment, capture_output=True, text=True, timeout=120
        )
        assert again.stdout.splitlines() == ["/analysis 200", "loaded []"], again.stderr
    finally:
        process.terminate()
        process.wait(10)


def test_dates_and_decimals_keep_their_kind():
    value = [date(2026, 1, 2), datetime(2026, 1, 2, 3, tzinfo=UTC), Decimal("1.50"), UUID(int=7), (1, None)]
    assert [type(one) for one in unpack(pack(value))] == [date, datetime, Decimal, UUID, tuple]
