"""Acts through the service decorator as fast as it can and prints the subject of each act that was acknowledged.

Started as `python -m tests.support.acting NAME SECONDS COUNT`; it ends at whichever comes first.
"""

from __future__ import annotations

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
django.setup()

from opencen.kernel.actor import Actor, system_actor  # noqa: E402 - after set-up
from opencen.log.acts import act  # noqa: E402
from opencen.log.service import record_act, service  # noqa: E402

PROBED = act("race.probed")


@service("race:probe")
def probe(actor: Actor, *, subject: str) -> None:
    """Record one act."""
    record_act(PROBED, "probe", subject)


def main() -> None:
    """Act until the time or the count is reached."""
    name, seconds, count = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    actor = system_actor("race:probe")
    end = time.monotonic() + seconds
    done = 0
    longest = 0.0
    print("READY", flush=True)
    while done < count and time.monotonic() < end:
        start = time.monotonic()
        probe(actor, subject=f"{name}-{done}")
        longest = max(longest, time.monotonic() - start)
        print(f"{name}-{done}", flush=True)
        done += 1
    print(f"LONGEST {longest:.3f}", flush=True)


if __name__ == "__main__":
    main()
