"""Runs one function of these modules in the installation that the environment names.

python -m tests.bench.aside tests.bench.subject_loading load 100000
"""

from __future__ import annotations

import importlib
import os
import sys

import django


def main() -> None:
    """Set Django up, then call what was asked for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "opencen.config.settings"
    django.setup()
    module, function, *arguments = sys.argv[1:]
    getattr(importlib.import_module(module), function)(*arguments)


if __name__ == "__main__":
    main()
