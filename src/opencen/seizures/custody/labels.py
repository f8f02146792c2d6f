"""The code on an exhibit's label: short, without letters that look alike, and with a check sign."""

from __future__ import annotations

import re
import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_SHAPE = re.compile(rf"X[{SIGNS}]{{{LENGTH - 1}}}")


def make_label() -> str:
    """Make a new label code: X, eight random signs, one check sign."""
    body = "X" + "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 2))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """Return the sign that tells one wrong sign and two swapped ones."""
    total = sum(place * (SIGNS.index(sign) + 1) for place, sign in enumerate(body, 1))
    return SIGNS[total % 31 % len(SIGNS)]


def read_label(text: str) -> str:
    """Return the label code that a scanner or a hand wrote, or nothing where it is none."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not _SHAPE.fullmatch(code) or check_sign(code[:-1]) != code[-1]:
        return ""
    return code


def write_label(code: str) -> str:
    """Write a label code in two groups."""
    return f"{code[:5]}-{code[5:]}"
