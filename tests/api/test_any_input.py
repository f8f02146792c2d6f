"""Whatever is sent to the API, it never fails on its side: calls made up from its own description."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from opencen.accounts.models import Grant
from opencen.accounts.queries import actor_of
from opencen.accounts.services import make_token
from opencen.config.wsgi import application
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = ("officer", "national_contact_point", "administrator", "auditor", "legal")

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def _keep_the_connection():
    """Keep the test's transaction open between calls, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


class Caller:
    """Somebody in many roles who calls with a token; one that a call has made useless is replaced by another."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Make another user in every role, with a token for all that it may."""
        user = make.user(ROLES[0], "RDS", covers="HQ")
        for role in ROLES[1:]:
            Grant.objects.create(user=user, role=role, office=make.office("HQ"))
        actor = actor_of(user)
        _row, secret = make_token(actor, name="any", scopes=actor.permissions, days=1)
        self._headers = {"Authorization": f"Bearer {secret}"}

    def call(self, case: schemathesis.Case) -> schemathesis.Response:
        """Make a call which no limit slows down."""
        cache.clear()
        return case.call(headers=self._headers)


@pytest.fixture
def caller() -> Caller:
    """Give who calls; it is made once for all calls to a route, since each test makes up dozens of them."""
    return Caller()


@schema.parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_input_makes_the_server_fail(case: schemathesis.Case, caller: Caller) -> None:
    response = caller.call(case)
    if response.status_code in (401, 403):  # the call before may have closed the account or taken a role away
        caller.renew()
        response = caller.call(case)
    case.validate_response(response, checks=[not_a_server_error])
