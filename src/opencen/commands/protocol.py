"""What a command is: a module with `add_arguments(parser)` and `run(arguments) -> exit code`.

Its docstring's first paragraph is what `opencen --help` says of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from opencen.config.home import CONFIG_NAME


class CommandFailed(Exception):
    """Stop a command with a sentence for the person at the terminal."""


def require_home() -> None:
    """Stop where there is no installation yet, before something is made by accident."""
    home = Path(os.environ["OPENCEN_HOME"])
    if not (home / CONFIG_NAME).exists():
        raise CommandFailed(f"there is no installation in {home}; make one: opencen --home {home} init")
