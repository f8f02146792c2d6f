"""What a line of the timeline says of the device on which a record was stated."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from opencen.seizures.queries.shapes import TimelineEntry
from opencen.web.pages.case import entry_of
from opencen.web.templatetags.formatting import seconds

STORED = datetime(2026, 11, 23, 3, 58, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "note"),
    [
        ("", ""),
        ("2026-11-23T03:58:02.000Z", ""),
        ("2026-11-23T04:58:02+01:00", ""),
        ("2026-11-22T22:10:00+00:00", "stated on the device 22 Nov 2026, 23:10"),
        ("2026-11-22", "stated on the device 22 Nov 2026"),
    ],
)
def test_the_time_of_a_device_is_said_in_the_reader_s_zone_where_it_differs(stated, note):
    entry = TimelineEntry("revision", "record.stored", "Recorded by A", "A", STORED, 1, device_time=stated)
    with timezone.override(ZoneInfo("Africa/Tunis")), translation.override("en"):
        assert note in str(entry_of(entry))
        assert bool(note) == ("stated on the device" in str(entry_of(entry)))


@pytest.mark.parametrize(("language", "words"), [("en", "37.3 sec"), ("fr", "37,3"), ("ar", "37.3")])
def test_a_length_of_time_is_written_with_the_reader_s_decimals(language, words):
    with translation.override(language):
        assert words in seconds(37.31)
