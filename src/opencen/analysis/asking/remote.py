"""The facts of one moment in the figures process: asked over its socket, each thread on a line of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from opencen.analysis.answers import Answer
from opencen.analysis.asking.line import receive, send
from opencen.analysis.asking.packing import pack, unpack
from opencen.analysis.measures.quality import QualityNumbers
from opencen.analysis.measures.rates import Frame
from opencen.analysis.measures.selection import Selection
from opencen.kernel import errors
from opencen.kernel.errors import OpenCenError, Unavailable
from opencen.records.lock import LockTerms

# How long a process that is being started again is waited for, and how long an answer.
PATIENCE, PAUSE = 2.5, 0.1
LONGEST_ANSWER = 45.0


class Line:
    """Ask the figures process; what broke off is asked once more, for it may have been started again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = threading.local()

    def ask(self, act: str, **given: Any) -> Any:
        """Return what an act answers, or raise what it raised."""
        content = pack({"act": act, "language": get_language() or "en", **given})
        try:
            found = unpack(self._exchange_again(content))
        except TimeoutError:
            raise Unavailable("figures.too_slow") from None
        except (OSError, EOFError):
            raise Unavailable("figures.away") from None
        if "error" in found:
            raise _error(found["error"])
        return found

    def _exchange_again(self, content: bytes) -> bytes:
        """Exchange; once more where the line was cut, but not where it was only slow."""
        try:
            return self._exchange(content)
        except TimeoutError:
            raise
        except (OSError, EOFError):
            return self._exchange(content)

    def _exchange(self, content: bytes) -> bytes:
        line = self._kept.line = getattr(self._kept, "line", None) or self._call()
        try:
            send(line, content)
            return receive(line)
        except (OSError, EOFError):
            self._hang_up()
            raise

    def _call(self) -> socket.socket:
        """Open a line, waiting a little for a process that is just being started."""
        until = time.monotonic() + PATIENCE
        while True:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(LONGEST_ANSWER)
            try:
                line.connect(str(self.path))
            except OSError:
                line.close()
                if time.monotonic() > until:
                    raise
                time.sleep(PAUSE)
                continue
            return line

    def _hang_up(self) -> None:
        line: socket.socket | None = getattr(self._kept, "line", None)
        self._kept.line = None
        if line is not None:
            with contextlib.suppress(OSError):
                line.close()


def _error(said: Mapping[str, Any]) -> OpenCenError:
    kind: type[OpenCenError] = getattr(errors, said["kind"], OpenCenError)
    return kind(said["code"], path=said["path"], **said["data"])


@dataclass(slots=True)
class RemoteMoment:
    """One moment that the figures process holds for a while under a name."""

    line: Line
    name: str
    as_of: datetime

    @classmethod
    def open(cls, line: Line) -> RemoteMoment:
        """Open the present moment."""
        found = line.ask("open")
        return cls(line, found["moment"], found["as_of"])

    def answer(self, terms: LockTerms, name: str, selection: Selection, parameters: Mapping[str, str]) -> Answer:
        """Answer a question within a selection."""
        found: Answer = self._ask("answer", terms, name, selection, dict(parameters))
        return found

    def answer_covered(
        self, terms: LockTerms, name: str, selection: Selection, parameters: Mapping[str, str]
    ) -> Answer:
        """Answer a question as it may be taken away: small cells covered."""
        found: Answer = self._ask("answer_covered", terms, name, selection, dict(parameters))
        return found

    def list_behind(self, terms: LockTerms, selection: Selection, members: Mapping[str, str], most: int) -> list[UUID]:
        """Return the cases with a counted line in every member named."""
        found: list[UUID] = self._ask("list_behind", terms, selection, dict(members), most)
        return found

    def list_revisions(self, terms: LockTerms, selection: Selection, most: int) -> dict[str, int]:
        """Return every case that a selection counts, with its revision."""
        found: dict[str, int] = self._ask("list_revisions", terms, selection, most)
        return found

    def count_years(self, terms: LockTerms, selection: Selection) -> list[tuple[int, int, int]]:
        """Return cases and seizures by year."""
        found: list[tuple[int, int, int]] = self._ask("count_years", terms, selection)
        return found

    def read_quality(self, frame: Frame, office: str) -> QualityNumbers:
        """Return the numbers of an office's quality."""
        found: QualityNumbers = self._ask("read_quality", frame, office)
        return found

    def _ask(self, act: str, *given: Any) -> Any:
        found = self.line.ask(act, moment=self.name, given=given)
        return found["answer"]
