"""Logs hold who and where by id and template, never what was said."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from opencen.config.logs import PlainFormatter, Quiet, RequestLogMiddleware


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(PlainFormatter("%(levelname)s %(name)s %(message)s"))
    handler.addFilter(Quiet())
    root = logging.getLogger()
    root.addHandler(handler)
    yield output
    root.removeHandler(handler)


def test_an_error_is_logged_by_type_and_place_without_its_text(written: io.StringIO) -> None:
    try:
        raise ValueError("Ahmed Ben Salah, passport X123")
    except ValueError:
        logging.getLogger("opencen.worker").exception("job failed")
    line = json.loads(written.getvalue())
    assert "Salah" not in written.getvalue()
    assert line["exc_info"].endswith("test_an_error_is_logged_by_type_and_place_without_its_text > ValueError")


@pytest.mark.parametrize("name", ["django.request", "django.security.DisallowedHost", "axes.handlers"])
def test_libraries_that_write_paths_are_silenced(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).error("Not Found: /cases/%s", "Ben-Salah")
    assert written.getvalue() == ""


@pytest.mark.django_db
def test_a_request_gets_an_id_and_one_line(
    client: Client, written: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "opencen.request")
    answer = client.get("/no/such/Ben-Salah", {"q": "Ben Salah"})
    line = json.loads(written.getvalue().splitlines()[-1])
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["status"] == answer.status_code
    assert "Salah" not in written.getvalue()


@pytest.mark.parametrize(
    ("given", "is_kept"), [("abcd-1234", True), ("short", False), ("x" * 65, False), ("with space 12", False)]
)
def test_a_callers_request_id_is_kept_when_it_is_plain(given: str, is_kept: bool) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    response = RequestLogMiddleware(answer)(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert (response["X-Request-ID"] == given) is is_kept
