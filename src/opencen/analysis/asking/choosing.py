"""Where the facts are asked: in this process, unless it was told that another one holds them."""

from __future__ import annotations

from pathlib import Path

from opencen.analysis.asking.line import socket_path
from opencen.analysis.asking.local import LocalMoment
from opencen.analysis.asking.moment import Moment
from opencen.analysis.asking.remote import Line, RemoteMoment
from opencen.analysis.facts.snapshot import present_snapshot

_line: Line | None = None


def ask_figures_process(home: Path) -> None:
    """Let this process ask the figures process of a home from now on."""
    global _line
    _line = Line(socket_path(home))


def ask_here() -> None:
    """Let this process answer for itself."""
    global _line
    _line = None


def open_moment() -> Moment:
    """Return the facts of this moment."""
    return LocalMoment(present_snapshot()) if _line is None else RemoteMoment.open(_line)
