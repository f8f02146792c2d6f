"""The figures process: answers what the web processes ask over a socket that only this installation's user can open."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, close_old_connections
from django.utils import translation

from opencen.analysis.asking.line import receive, send, socket_path
from opencen.analysis.asking.local import LocalMoment
from opencen.analysis.asking.packing import pack, unpack
from opencen.analysis.facts.snapshot import present_snapshot
from opencen.analysis.facts.stored import BESIDES, figures_memory
from opencen.analysis.measures.selection import read_selection
from opencen.kernel.actor import system_actor
from opencen.kernel.errors import Invalid, OpenCenError, Unavailable
from opencen.records.lock import lock_terms

LOGGER = logging.getLogger("opencen.figures")
AT_ONCE = 2
LONGEST_QUERY = 40.0
MOST_MOMENTS = 3
# A change may be this much younger than what a page shows: several pages at once share a moment.
SHARED_SECONDS = 1.0
ACTS = frozenset({"answer", "answer_covered", "list_behind", "list_revisions", "count_years", "read_quality"})
WARMED = (
    "tiles", "cases_by_month", "cases_by_section", "corridors", "operational_panel", "section_by_location",
    "reporting_by_office_month", "involvement", "points",
)  # fmt: skip


class FiguresServer:
    """Hold the moments that pages ask about, and answer two questions at a time."""

    def __init__(self, home: Path) -> None:
        self.path = socket_path(home)
        self.most_megabytes = (figures_memory() >> 20) + BESIDES
        self.pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="figure")
        self.is_stopping = threading.Event()
        self._moments: OrderedDict[str, tuple[LocalMoment, float]] = OrderedDict()
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None

    def listen(self) -> None:
        """Open the socket: whoever calls from now on waits for an answer."""
        self.path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listener.bind(str(self.path))
        finally:
            os.umask(before)
        listener.listen(64)
        self._listener = listener

    def serve(self) -> None:
        """Answer until stopped, or until this process has grown too large and is started again."""
        assert self._listener is not None
        self._listener.settimeout(1.0)
        threading.Thread(target=self._watch, name="watch", daemon=True).start()
        while not self.is_stopping.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            line.settimeout(None)
            threading.Thread(target=self._talk, args=(line,), name="line", daemon=True).start()
        self._listener.close()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def warm_up(self) -> None:
        """Compile what a dashboard asks and read its files once, before anybody waits for it."""
        terms = lock_terms(system_actor("case:read", "control:read"))
        for name in WARMED:
            self.pool.submit(self._in_pool, lambda name=name: self._warm(terms, name))  # type: ignore[misc] # bound now

    def _warm(self, terms: Any, name: str) -> None:
        moment, _name = self._open()
        moment.answer(terms, name, read_selection({}, ()), {})

    def _watch(self) -> None:
        """Break off what runs for too long; leave when too large and nobody waits."""
        while not self.is_stopping.wait(1.0):
            for moment, _opened in list(self._moments.values()):
                moment.snapshot.interrupt_slow(LONGEST_QUERY)
            if resident_megabytes() > self.most_megabytes:
                LOGGER.warning("figures process has grown too large and starts again")
                self.is_stopping.set()

    def _talk(self, line: socket.socket) -> None:
        """Answer one caller, one question after the other."""
        with line:
            while True:
                try:
                    content = receive(line)
                    found = self.pool.submit(self._in_pool, lambda asked=content: self.answer(asked)).result()  # type: ignore[misc] # bound now
                    send(line, found)
                except (OSError, EOFError, RuntimeError):  # gone, or this process is closing its pool
                    return

    def _in_pool(self, work: Callable[[], Any]) -> Any:
        close_old_connections()
        try:
            return work()
        except OpenCenError as error:
            LOGGER.info("figures are not ready: %s", error.code)
        finally:
            close_old_connections()
        return None

    def answer(self, content: bytes) -> bytes:
        """Answer one question, packed as it came."""
        try:
            asked = unpack(content)
            with translation.override(asked["language"]):
                return pack(self._act(asked))
        except OpenCenError as error:
            return _pack_error(error)
        except DatabaseError:
            LOGGER.exception("the database did not answer")
            return _pack_error(Unavailable("figures.away"))
        except Exception:
            LOGGER.exception("a figure failed")
            return _pack_error(Unavailable("figures.failed"))

    def _act(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["act"] == "open":
            moment, name = self._open()
            return {"moment": name, "as_of": moment.as_of}
        if asked["act"] not in ACTS:
            raise Invalid("figures.unknown_act", path="act", value=str(asked["act"])[:40])
        with self._lock:
            held = self._moments.get(asked["moment"])
        moment = held[0] if held else self._open()[0]
        return {"answer": getattr(moment, asked["act"])(*asked["given"])}

    def _open(self) -> tuple[LocalMoment, str]:
        """Return the present moment, or one just opened, under the name by which it is asked again."""
        with self._lock:
            newest = next(reversed(self._moments.items()), None)
            if newest and time.monotonic() - newest[1][1] < SHARED_SECONDS:
                return newest[1][0], newest[0]
            snapshot = present_snapshot()
            if newest and newest[1][0].snapshot is snapshot:
                self._moments[newest[0]] = (newest[1][0], time.monotonic())
                return newest[1][0], newest[0]
            name = uuid4().hex
            self._moments[name] = (LocalMoment(snapshot), time.monotonic())
            while len(self._moments) > MOST_MOMENTS:
                self._moments.popitem(last=False)
            return self._moments[name][0], name


def _pack_error(error: OpenCenError) -> bytes:
    said = {"kind": type(error).__name__, "code": error.code, "path": error.path, "data": error.data}
    return pack({"error": said})


def resident_megabytes() -> float:
    """Return what this process holds in memory."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
