"""Verify the log (`opencen log verify`): nothing altered, nothing lost, nothing rolled back."""

from __future__ import annotations

import argparse

from opencen.log.verify import verify_log


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the one thing that can be asked of the log here."""
    parser.add_argument("act", choices=["verify"])


def run(arguments: argparse.Namespace) -> int:
    """Verify and say what was found."""
    lines, is_sound = describe_verification()
    print("\n".join(lines))
    return 0 if is_sound else 1


def describe_verification() -> tuple[list[str], bool]:
    """Put a verification into words; true when everything agrees."""
    found = verify_log()
    lines = [f"{found.sealed} entries stand in the chain; {found.heads} signed heads, {found.anchors} anchored outside"]
    if found.unsealed:
        since = f" since {found.unsealed_since:%Y-%m-%d %H:%M:%S} UTC" if found.unsealed_since else ""
        lines.append(f"{found.unsealed} entries are not sealed yet{since}; the worker seals them")
    lines += [f"PROBLEM: {problem}" for problem in found.problems]
    lines.append("the log is sound" if found.is_sound else "the log is NOT sound")
    return lines, found.is_sound
