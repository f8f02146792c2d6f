"""Everything that goes wrong under /api/ is a problem+json with a code, and tells nothing more."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.test import Client

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.accounts.services import make_token, revoke_token
from opencen.api import limits
from opencen.kernel.clock import clock_at, now
from tests import make

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def token_of(user: User, *scopes: str, days: int = 9) -> str:
    """Make a token with scopes of its user; without any, all of them."""
    actor = actor_of(user)
    return make_token(actor, name="test", scopes=scopes or actor.permissions, days=days)[1]


def call(token: str, path: str, method: str = "GET", body: Any = None, **more: Any) -> Any:
    """Call the API with a token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = body if isinstance(body, bytes) else orjson.dumps(body) if body is not None else b""
    kind = more.pop("content_type", "application/json")
    return Client(raise_request_exception=False).generic(method, path, data, content_type=kind, headers=headers, **more)


TABLE = [
    # path, method, body, content type, status, code
    ("/api/nothing", "GET", None, "application/json", 404, "not_found"),
    (f"{V1}/nothing", "GET", None, "application/json", 404, "not_found"),
    (f"{V1}/records/case/no-uuid", "GET", None, "application/json", 404, "not_found"),
    (f"{V1}/records/nothing", "GET", None, "application/json", 404, "type.unknown"),
    (f"{V1}/account", "PUT", {}, "application/json", 405, "request.method"),
    (f"{V1}/submissions", "POST", b"{", "application/json", 400, "request.unreadable"),
    (f"{V1}/submissions", "POST", b"\xff\xfe", "application/json", 400, "request.unreadable"),
    (f"{V1}/submissions", "POST", b"a=b", "application/x-www-form-urlencoded", 415, "request.content_type"),
    (f"{V1}/submissions", "POST", b"<a/>", "application/xml", 415, "request.content_type"),
    (f"{V1}/submissions", "POST", {}, "application/json", 422, "request.invalid"),
    (f"{V1}/submissions", "POST", [], "application/json", 422, "request.invalid"),
    (f"{V1}/records/case?limit=100000", "GET", None, "application/json", 422, "request.invalid"),
    (f"{V1}/records/case?offset=-1", "GET", None, "application/json", 422, "request.invalid"),
    (f"{V1}/records/case?colour=red", "GET", None, "application/json", 422, "search.unknown_filter"),
    (f"{V1}/records/case?facets=colour", "GET", None, "application/json", 422, "search.unknown_filter"),
    (f"{V1}/records/case?sort=luck", "GET", None, "application/json", 422, "request.invalid"),
    (f"{V1}/analysis/nothing", "GET", None, "application/json", 404, "question.unknown"),
    (f"{V1}/users", "GET", None, "application/json", 403, "permission.missing"),
]


@pytest.mark.parametrize(("path", "method", "body", "kind", "status", "code"), TABLE)
def test_what_goes_wrong_has_a_status_and_a_code(
    path: str, method: str, body: Any, kind: str, status: int, code: str
) -> None:
    answer = call(token_of(make.user("officer")), path, method, body, content_type=kind)
    found = orjson.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, found["status"], found["code"]) == (status, status, code)
    assert found["title"]


def test_a_change_by_session_needs_the_token_against_forgery() -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.get(pk=make.user("officer").pk), "django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"{V1}/check", b"{}", content_type="application/json")
    assert (answer.status_code, orjson.loads(answer.content)["code"]) == (403, "request.refused")


def test_a_token_does_no_more_than_its_scopes() -> None:
    officer = make.user("officer")
    receipt = make.submit_case(actor_of(officer))
    reader = token_of(officer, "case:read")
    assert call(reader, f"{V1}/records/case/{receipt.record_id}").status_code == 200
    body = {"type": "case", "id": receipt.record_id, "document": make.case_document()}
    assert call(reader, f"{V1}/check", "POST", orjson.loads(orjson.dumps(body))).status_code == 403
    assert orjson.loads(call(reader, f"{V1}/account").content)["permissions"] == ["case:read"]


@pytest.mark.parametrize(
    ("path", "method"), [("/capture/key", "GET"), ("/account/tokens", "POST"), ("/account", "PATCH")]
)
def test_some_things_need_a_person_who_has_signed_in(path: str, method: str) -> None:
    body = {"name": "x", "scopes": ["account:own"]} if method == "POST" else {}
    answer = call(token_of(make.user("officer")), V1 + path, method, body if method != "GET" else None)
    assert answer.status_code == 401


def test_a_token_ends_with_its_day_its_revocation_and_its_user() -> None:
    user = make.user("officer")
    actor = actor_of(user)
    row, revoked = make_token(actor, name="a", scopes=["case:read"], days=9)
    open_token = token_of(user, "case:read", days=1)
    assert call(revoked, f"{V1}/account").status_code == 200
    revoke_token(actor, token_id=row.id)
    assert call(revoked, f"{V1}/account").status_code == 401
    with clock_at(now().replace(year=now().year + 2)):
        assert call(open_token, f"{V1}/account").status_code == 401
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert call(open_token, f"{V1}/account").status_code == 401


def test_who_calls_too_often_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 3)
    first, second = token_of(make.user("officer")), token_of(make.user("officer"))
    statuses = [call(first, f"{V1}/account").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    answer = call(first, f"{V1}/account")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert call(second, f"{V1}/account").status_code == 200


def test_who_guesses_tokens_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FAILURES_A_MINUTE", 3)
    good = token_of(make.user("officer"))
    assert [call("oct_guess", f"{V1}/account").status_code for _ in range(4)] == [401, 401, 401, 429]
    assert call(good, f"{V1}/account").status_code == 429
    assert call(good, f"{V1}/account", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_one_time_password_opens_its_own_change_only() -> None:
    user = make.user("officer")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{V1}/account").status_code == 401
    assert client.get("/cases").headers["Location"] == "/account/password"
    assert client.get("/account/password").status_code == 200


@pytest.mark.parametrize("address", ["/api/schemas/case.json", f"{V1}/schemas/case"])
def test_the_published_schema_holds_national_fields_and_annotations(address: str) -> None:
    found = orjson.loads(call(token_of(make.user("officer")), address).content)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["properties"]["direction"]["x-opencen"]["codelist"] == "direction"


def test_a_search_pages_filters_and_counts() -> None:
    officer = make.user("officer")
    for day in (12, 13, 14):
        make.submit_case(
            actor_of(officer), detected_at=f"2026-05-{day}T06:20+01:00", consignments=None,
            lines=[make.line(id=f"d{day}", quantity=str(day))], direction="import",
        )  # fmt: skip
    address = f"{V1}/records/case?limit=2&facets=state&sort=oldest&from=2026-05-13"
    found = orjson.loads(call(token_of(officer), address).content)
    assert (found["total"], len(found["rows"])) == (2, 2)
    assert [row["occurred_on"] for row in found["rows"]] == ["2026-05-13", "2026-05-14"]
    assert found["facets"]["state"] == [{"value": "submitted", "count": 2}]
    assert orjson.loads(call(token_of(officer), f"{V1}/records/case?offset=1&limit=1").content)["total"] == 3
