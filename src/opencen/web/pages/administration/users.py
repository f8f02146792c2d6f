"""Users: added with a one-time password that is shown once, closed, reset, and given roles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from opencen.accounts import services
from opencen.accounts.queries import OfficeInfo, find_user, list_users, office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.languages import NAMES
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import ROLE_NAMES, back, perform, read_uuid, show


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def users_page(request: HttpRequest) -> HttpResponse:
    """List users; posted, add one and show its one-time password once."""
    actor = actor_in(request)
    actor.require("accounts:manage")
    context: dict[str, Any] = {
        "offices": offices_in_order(),
        "languages_offered": NAMES.items(),
    }
    if request.method == "POST":
        form = request.POST
        made, context["problem"] = perform(
            request,
            actor,
            {
                "add": lambda: services.add_user(
                    actor,
                    username=form.get("username", "").strip(),
                    name=form.get("name", "").strip(),
                    office_id=read_uuid(form.get("office", ""), "office"),
                    language=form.get("language", "en"),
                )
            },
        )
        if made:
            context |= {"added": made[0], "password": made[1]}
    context["users"] = [_row(user) for user in list_users(actor)]
    return show(request, actor, "users", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def user_page(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show one user; posted, close, reopen, reset, grant or end a grant."""
    actor = actor_in(request)
    actor.require("accounts:manage")
    find_user(actor, user_id)
    context: dict[str, Any] = {"template": "user", "offices": offices_in_order(), "roles": ROLE_NAMES.items()}
    if request.method == "POST":
        act = request.POST.get("act", "")
        done, context["problem"] = perform(request, actor, _acts(request, actor, user_id))
        if act == "reset" and done:
            context["password"] = done
        elif not context["problem"]:
            return back(f"/administration/users/{user_id}")
    context["user"] = _row(find_user(actor, user_id))
    return show(request, actor, "users", context)


def _acts(request: HttpRequest, actor: Actor, user_id: UUID) -> dict[str, Any]:
    form = request.POST
    return {
        "close": lambda: services.set_user(actor, user_id=user_id, is_active=False),
        "reopen": lambda: services.set_user(actor, user_id=user_id, is_active=True),
        "reset": lambda: services.reset_password(actor, user_id=user_id),
        "grant": lambda: services.grant_role(
            actor, user_id=user_id, role=form.get("role", ""), office_id=read_uuid(form.get("office", ""), "office")
        ),
        "end": lambda: services.end_grant(actor, grant_id=read_uuid(form.get("grant", ""), "grant")),
    }


def offices_in_order() -> list[dict[str, Any]]:
    """Return the offices in the order of the tree, each with its depth."""
    offices = sorted(office_tree().by_id.values(), key=lambda office: office.path)
    return [{"info": office, "depth": office.path.count("/"), "label": _label(office)} for office in offices]


def _label(office: OfficeInfo) -> str:
    return f"{'· ' * office.path.count('/')}{office.name} ({office.code})"


def _row(user: Any) -> dict[str, Any]:
    grants = [{"id": key, "role": ROLE_NAMES.get(role, role), "office": office} for key, role, office in user.roles]
    return {
        "info": user,
        "grants": grants,
        "state": _("open") if user.is_active else _("closed"),
        "tone": "ok" if user.is_active else "plain",
    }
