"""A process that only reads pages, to see how much memory a web process comes to hold.

Started as `python -m tests.support.reading USER ADDRESS …`; prints the megabytes it holds, and its own part of them.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import django
from django.test import Client

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
django.setup()

from opencen.accounts.models import User  # noqa: E402 - after set-up


def main() -> None:
    """Ask for each address twice."""
    logging.disable(logging.INFO)
    username, *addresses = sys.argv[1:]
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    for address in [*addresses, *addresses]:
        if client.get(address).status_code != 200:
            raise RuntimeError(address)
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    print(f"{found['Rss']:.0f} {found['Anonymous']:.0f}")


if __name__ == "__main__":
    main()
