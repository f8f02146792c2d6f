"""Stamps: one row per cached thing, changed with it, so that every process drops its cache in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

from opencen.kernel.ids import uuid7
from opencen.log.models import Stamp

Value = TypeVar("Value")
MAX_AGE = 1.0


def change_stamp(name: str) -> None:
    """Tell every process that what stands behind a stamp has changed."""
    Stamp.objects.update_or_create(name=name, defaults={"value": uuid7()})
    for cache in _caches:
        if cache.name == name:
            cache.drop()


class Stamped(Generic[Value]):
    """Keep a value in the process until its stamp changes; the stamp is read at most once a second."""

    def __init__(self, name: str, load: Callable[[], Value]) -> None:
        self.name = name
        self._load = load
        self._lock = Lock()
        self._stamp: object = None
        self._value: Value | None = None
        self._checked = 0.0
        _caches.append(self)

    def get(self) -> Value:
        """Return the value, loaded anew when its stamp has changed."""
        if self._value is not None and time.monotonic() - self._checked < MAX_AGE:
            return self._value
        with self._lock:
            stamp = (str(connection.settings_dict["NAME"]), self._read_stamp())
            if self._value is None or stamp != self._stamp:
                self._value = self._load()
                self._stamp = stamp
            self._checked = time.monotonic()
            return self._value

    def drop(self) -> None:
        """Forget the value in this process."""
        self._value = None

    def _read_stamp(self) -> object:
        return Stamp.objects.filter(name=self.name).values_list("value", flat=True).first()


_caches: list[Stamped] = []  # type: ignore[type-arg]  # caches of any value


def drop_caches() -> None:
    """Forget every stamped value in this process; a test calls it after a rollback."""
    for cache in _caches:
        cache.drop()
