"""Signing in and out, one's own account, language and colours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from opencen.accounts import services
from opencen.accounts.queries import actor_of, list_tokens
from opencen.kernel.errors import OpenCenError
from opencen.records.texts import error_text
from opencen.web.actors import actor_in
from opencen.web.context import THEMES

YEAR = 365 * 24 * 3600


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a user in by name and password; failures tell nobody which of the two was wrong."""
    target = _safe_next(request)
    error = ""
    if request.method == "POST":
        credentials = {
            "username": request.POST.get("username", "").strip(),
            "password": request.POST.get("password", ""),
        }
        user = authenticate(request, **credentials)
        if user is not None:
            login(request, user)
            services.log_sign_in(actor_of(user))
            return HttpResponseRedirect(target)
        error = _("Name or password is not right. After five failures this account waits fifteen minutes.")
    context = {"next": target, "error": error, "username": request.POST.get("username", "")}
    return render(request, "account/sign_in.html", context, status=401 if error else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; drafts on the device stay, locked."""
    services.log_sign_out(actor_in(request))
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@require_http_methods(["GET"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account with its tokens."""
    actor = actor_in(request)
    context = {"rail_active": "", "tokens": list_tokens(actor), "scopes": sorted(actor.permissions), "secret": None}
    return render(request, "account/account.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; whoever got a one-time password comes here first."""
    error = ""
    if request.method == "POST":
        try:
            services.change_password(actor_in(request), password=request.POST.get("password", ""))
        except OpenCenError as problem:
            error = error_text(problem, actor_in(request).language)
        else:
            if request.user.is_authenticated:
                request.user.refresh_from_db()
                update_session_auth_hash(request, request.user)
            return HttpResponseRedirect("/")
    is_forced = bool(getattr(request.user, "must_change_password", False))
    return render(
        request, "account/password.html", {"error": error, "is_forced": is_forced}, status=422 if error else 200
    )


@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its secret once."""
    actor = actor_in(request)
    scopes = request.POST.getlist("scopes")
    context: dict[str, Any] = {"rail_active": "", "scopes": sorted(actor.permissions)}
    try:
        days = int(request.POST.get("days", "90") or 0)
        _row, secret = services.make_token(actor, name=request.POST.get("name", ""), scopes=scopes, days=days)
    except (OpenCenError, ValueError) as problem:
        text = (
            error_text(problem, actor.language) if isinstance(problem, OpenCenError) else _("Days are a whole number.")
        )
        context |= {"error": text, "tokens": list_tokens(actor)}
        return render(request, "account/account.html", context, status=422)
    context |= {"secret": secret, "tokens": list_tokens(actor)}
    return render(request, "account/account.html", context)


@require_POST
def revoke_token(request: HttpRequest, token_id: str) -> HttpResponse:
    """Revoke one of one's own tokens."""
    services.revoke_token(actor_in(request), token_id=token_id)  # type: ignore[arg-type]  # the URL converter made it a UUID
    return HttpResponseRedirect("/account")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language: kept with the user, or in a cookie before signing in."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(_safe_next(request))
    if wanted in dict(settings.LANGUAGES):
        if getattr(request, "actor", None) is not None:
            services.set_preferences(actor_in(request), language=wanted)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose the colours; a cookie, so that no page flashes."""
    wanted = request.POST.get("theme", "")
    response = HttpResponseRedirect(_safe_next(request))
    if wanted in THEMES:
        response.set_cookie("opencen_theme", wanted, max_age=YEAR, samesite="Lax", httponly=True)
    return response


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"
