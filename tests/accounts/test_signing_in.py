"""Signing in, passwords, sessions and headers: what the outermost lock does with good and bad input."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, identify_hasher, make_password
from django.test import Client

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of, list_users
from opencen.accounts.services import NewOffice, add_office, add_user, change_password, set_preferences, set_user
from opencen.kernel.actor import system_actor
from opencen.kernel.errors import Conflict, Forbidden, Invalid
from opencen.log.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_lockouts() -> None:
    reset()


def person(**changes: Any) -> User:
    user = make.user("officer")
    user.set_password(PASSWORD)
    user.save()
    if changes:
        User.objects.filter(pk=user.pk).update(**changes)
    return User.objects.get(pk=user.pk)


def sign_in(user: User, password: str = PASSWORD, client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).post("/sign-in", {"username": user.username, "password": password, **more})


def test_passwords_are_kept_with_argon2() -> None:
    assert settings.PASSWORD_HASHERS[-1].endswith("Argon2PasswordHasher")
    kept = make_password(PASSWORD, hasher="argon2")
    assert isinstance(identify_hasher(kept), Argon2PasswordHasher)
    assert kept.startswith("argon2$argon2id$")
    assert check_password(PASSWORD, kept)


def test_a_good_password_opens_a_new_session_and_is_an_entry_of_the_log() -> None:
    user, client = person(), Client()
    client.get("/sign-in")
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted-by-somebody-else"
    answer = sign_in(user, client=client)
    assert answer.status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "planted-by-somebody-else"
    assert Entry.objects.filter(act="user.signed_in", actor_id=user.id).count() == 1


def test_a_session_that_was_there_before_gets_another_key() -> None:
    first, second, client = person(), person(), Client()
    sign_in(first, client=client)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(second, client=client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_a_wrong_name_and_a_wrong_password_sound_alike() -> None:
    user, nobody = person(), User(username="nobody.there")
    texts = [sign_in(found, "wrong wrong wrong").content.decode() for found in (user, nobody)]
    plain = [
        re.sub(r"[0-9A-Za-z]{64}", "", text).replace(user.username, "").replace(nobody.username, "") for text in texts
    ]
    assert plain[0] == plain[1]


def test_after_five_failures_the_right_password_waits_too() -> None:
    user = person()
    assert [sign_in(user, "wrong").status_code for _ in range(4)] == [401] * 4
    sign_in(user, "wrong")
    assert sign_in(user).status_code in (403, 429)
    assert sign_in(person()).status_code == 302


def test_a_closed_account_does_not_open() -> None:
    assert sign_in(person(is_active=False)).status_code == 401


def test_a_one_time_password_must_be_changed_before_anything_else() -> None:
    office = make.country()["RDS"]
    administrator = make.actor("administrator")
    user, password = add_user(administrator, username="new.officer", name="New", office_id=office.id)
    client = Client()
    assert sign_in(user, password, client).status_code == 302
    assert client.get("/").headers["Location"] == "/account/password"
    assert client.post("/account/password", {"password": "short"}).status_code == 422
    assert client.post("/account/password", {"password": password}).status_code == 422
    assert client.post("/account/password", {"password": "a much longer sentence"}).status_code == 302
    assert client.get("/").status_code == 200
    assert sign_in(user, password).status_code == 401


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(target: str) -> None:
    assert sign_in(person(), next=target).headers["Location"] == "/"


def test_signing_in_leads_to_the_page_one_came_for() -> None:
    assert Client().get("/cases?state=submitted").headers["Location"] == "/sign-in?next=/cases?state=submitted"
    assert sign_in(person(), next="/cases").headers["Location"] == "/cases"


def test_a_form_without_the_token_against_forgery_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(person(), client=client).status_code == 403
    client.force_login(person(), "django.contrib.auth.backends.ModelBackend")
    assert client.post("/sign-out").status_code == 403


PAGES = ["/sign-in", "/", "/help", "/account", "/cases", "/controls", "/nothing-here", "/capture/case/new"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_headers_that_keep_it_closed(path: str) -> None:
    client = Client()
    client.force_login(person(), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    text = answer.content.decode()
    assert not re.search(r"\son[a-z]+=|<script(?![^>]*(src=|application/json))|\sstyle=", text), path


def test_the_cookies_are_for_this_site_and_not_for_scripts() -> None:
    client = Client()
    sign_in(person(), client=client)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_SECURE is settings.HTTPS_ONLY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "X"}, "user.name_shape"),
        ({"username": "with space"}, "user.name_shape"),
        ({"name": " "}, "field.missing"),
        ({"name": "x" * 121}, "text.too_long"),
        ({"language": "tlh"}, "user.language_unknown"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_its_reason(changes: dict[str, str], code: str) -> None:
    given = {"username": "new.officer", "name": "New", **changes}
    with pytest.raises(Invalid) as caught:
        add_user(make.actor("administrator"), office_id=make.country()["RDS"].id, **given)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("code", "country"), [("r", "TN"), ("rds2", "TN"), ("TOOLONGXX", "TN"), ("A-B", "TN"), ("OK1", "tn")]
)
def test_an_office_that_cannot_be_is_refused(code: str, country: str) -> None:
    with pytest.raises(Invalid):
        add_office(make.actor("administrator"), office=NewOffice(code=code, name="X", country=country))


def test_a_time_zone_that_is_none_is_refused_before_it_breaks_every_page() -> None:
    actor = make.actor("officer")
    with pytest.raises(Invalid, match=r"user\.time_zone_unknown"):
        set_preferences(actor, time_zone="Mars/Olympus")


def test_nobody_closes_the_own_account_and_only_administrators_others() -> None:
    administrator, officer = make.actor("administrator"), make.actor("officer")
    with pytest.raises(Conflict, match=r"user\.own_account"):
        set_user(administrator, user_id=administrator.id, is_active=False)
    with pytest.raises(Forbidden):
        set_user(officer, user_id=administrator.id, is_active=False)
    assert not set_user(administrator, user_id=officer.id, is_active=False).is_active


def test_an_endless_password_is_refused_before_it_is_hashed() -> None:
    actor = actor_of(person())
    with pytest.raises(Invalid, match=r"text\.too_long"):
        change_password(actor, password="x" * 100_000)


def test_the_list_of_users_is_for_who_manages_them() -> None:
    with pytest.raises(Forbidden):
        list_users(make.actor("auditor"))
    with pytest.raises(Forbidden):
        list_users(system_actor())
