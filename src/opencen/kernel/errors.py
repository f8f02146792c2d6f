"""Errors that carry a code, a place and data; text is made at the edge."""

from __future__ import annotations

from typing import Any, ClassVar


class OpenCenError(Exception):
    """Say what is wrong by code, field path and data; `status` is the HTTP answer."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, *, path: str = "", **data: Any) -> None:
        super().__init__(f"{code} {path} {data}".strip())
        self.code = code
        self.path = path
        self.data = data


class NotFound(OpenCenError):
    """Answer for what does not exist, or does not exist for this actor."""

    status = 404

    def __init__(self, code: str = "not_found", *, path: str = "", **data: Any) -> None:
        super().__init__(code, path=path, **data)


class Forbidden(OpenCenError):
    """Answer for an act that the actor's permissions do not hold."""

    status = 403


class Invalid(OpenCenError):
    """Answer for input that cannot be accepted as it is."""

    status = 422


class Conflict(OpenCenError):
    """Answer for an act that no longer fits the present state."""

    status = 409


class TooLarge(OpenCenError):
    """Answer for input above a limit."""

    status = 413


class TooMany(OpenCenError):
    """Answer for more requests than the rate allows."""

    status = 429


class Unavailable(OpenCenError):
    """Answer when something the act needs is away for now."""

    status = 503
