"""What the kinds of acts of every register share: each says whom it concerns, and each can be withdrawn."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop as N_

from opencen.seizures.small_records.base import WITHDRAWN
from opencen.seizures.small_records.fields import CONCERNS, ActField, ActKind


def kinds_by_name(*kinds: ActKind) -> dict[str, ActKind]:
    """Return the kinds of a register's acts by their names, with the withdrawal that all have."""
    reason = ActField("reason", N_("Reason"), "long", is_required=True, is_nominal=True)
    withdrawal = ActKind(WITHDRAWN, N_("Withdrawn"), "x", (reason,))
    return {kind.name: replace(kind, fields=(*kind.fields, CONCERNS)) for kind in kinds} | {WITHDRAWN: withdrawal}
