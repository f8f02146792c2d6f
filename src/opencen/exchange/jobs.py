"""What the worker does for the exchange."""

from __future__ import annotations

from opencen.exchange.outbox import work_outbox
from opencen.records.jobs import job


@job("outbox", every=2.0)
def carry_packets() -> int:
    """Make packets of new releases and send what is due."""
    return work_outbox()
