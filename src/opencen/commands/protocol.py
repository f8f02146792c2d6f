"""What a command is: a module with `add_arguments(parser)` and `run(arguments) -> exit code`.

Its docstring's first paragraph is what `opencen --help` says of it.
"""

from __future__ import annotations


class CommandFailed(Exception):
    """Stop a command with a sentence for the person at the terminal."""
