"""Run the work behind the pages: seal the log, bring derived stores up to date, send what waits."""

from __future__ import annotations

import argparse
import fcntl
import logging
import os
import signal
import sys
import threading
from types import FrameType

from django.conf import settings
from django.db import close_old_connections, connections

from opencen.commands.protocol import CommandFailed
from opencen.config.heartbeat import write_heartbeat
from opencen.config.home import NOT_CONFIGURED
from opencen.config.migration import describe_pending, list_pending
from opencen.config.server.parent import follow_parent
from opencen.records.jobs import JOBS, Job

LOGGER = logging.getLogger("opencen.worker")
LONGEST_PAUSE = 60.0
BEAT_SECONDS = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the single run."""
    parser.add_argument("--once", action="store_true", help="do what waits now and stop")
    parser.add_argument("--follow", action="store_true", help=argparse.SUPPRESS)


class Runner:
    """Run one job in its own thread; after an error wait longer each time."""

    def __init__(self, job: Job, stopping: threading.Event) -> None:
        self.job = job
        self.stopping = stopping
        self.failures = 0
        self.found = 0

    def run_once(self) -> bool:
        """Run the job; log what went wrong by type and place."""
        try:
            self.found = self.job.run()
        except Exception:  # the outer edge of a job: the others must go on
            self.failures += 1
            LOGGER.exception("job failed", extra={"job": self.job.name, "failures": self.failures})
        else:
            self.failures = 0
        finally:
            close_old_connections()
        return self.failures == 0

    def run_dry(self) -> bool:
        """Run the job until it finds nothing to do, or fails."""
        while self.run_once() and self.found:
            pass
        return self.failures == 0

    def pause(self) -> float:
        """Give the seconds until the next run."""
        return min(LONGEST_PAUSE, self.job.every * 2.0 ** min(self.failures, 16))

    def run_until_stopped(self) -> None:
        """Repeat the job until the worker stops."""
        while not self.stopping.is_set():
            self.run_once()
            self.stopping.wait(self.pause())
        connections.close_all()


def hold_worker_lock() -> int:
    """Make sure that one worker runs on a home; the lock ends with the process."""
    descriptor = os.open(settings.HOME.path / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandFailed("another worker runs on this installation already") from None
    return descriptor


def run(arguments: argparse.Namespace) -> int:
    """Run all jobs until told to stop."""
    if pending := list_pending():
        print(describe_pending(pending), file=sys.stderr)
        return NOT_CONFIGURED
    lock = hold_worker_lock()
    if arguments.follow:
        follow_parent()
    stopping = threading.Event()
    runners = [Runner(job, stopping) for job in JOBS]
    if arguments.once:
        results = [runner.run_dry() for runner in runners]
        os.close(lock)
        return 0 if all(results) else 1

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    threads = [threading.Thread(target=runner.run_until_stopped, name=runner.job.name) for runner in runners]
    for thread in threads:
        thread.start()
    while not stopping.is_set():
        write_heartbeat([runner.job.name for runner in runners if runner.failures])
        stopping.wait(BEAT_SECONDS)
    for thread in threads:
        thread.join()
    os.close(lock)
    return 0
