"""Code lists: browse them, add the country's own codes, load official files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opencen.codelists import services
from opencen.codelists.catalogue import find, get_list, list_versions
from opencen.codelists.lists import Code, CodeList
from opencen.codelists.uploads import load_upload
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.kernel.languages import LANGUAGES, collation, preferred
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import back, perform, show

SHOWN = 400


@require_http_methods(["GET", "POST"])
def lists_page(request: HttpRequest) -> HttpResponse:
    """List the code lists; posted, load an official file."""
    actor = actor_in(request)
    actor.require("codelists:manage")
    report, problem = None, ""
    if request.method == "POST":
        report, problem = perform(request, actor, {"load": lambda: _load(request, actor)})
    rows = []
    for name, version in list_versions().items():
        found = get_list(name)
        rows.append({"name": name, "title": found.title(actor.language), "version": version, "size": len(found.codes)})
    order = collation(actor.language)
    rows.sort(key=lambda row: order(str(row["title"])))
    return show(request, actor, "codelists", {"lists": rows, "report": report, "problem": problem})


@require_http_methods(["GET", "POST"])
def list_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one list; posted, add or end a national code."""
    actor = actor_in(request)
    actor.require("codelists:manage")
    found = get_list(name)
    problem = ""
    if request.method == "POST":
        _done, problem = perform(request, actor, _acts(request, actor, name))
        if not problem:
            return back(f"/administration/codelists/{name}")
    text = request.GET.get("q", "").strip()[:80]
    codes = list(found.codes.values())
    if text:
        matches = find(name, text, preferred(actor.language), None, 50)
        codes = [found.codes[match.code] for match in matches if match.code in found.codes]
    context = {
        "template": "codelist",
        "list_name": name,
        "title": found.title(actor.language),
        "version": found.version,
        "codes": [_row(found, code, actor.language) for code in codes[:SHOWN]],
        "total": len(codes),
        "is_cut": len(codes) > SHOWN,
        "search_text": text,
        "problem": problem,
        "form": request.POST,
    }
    return show(request, actor, "codelists", context)


def _load(request: HttpRequest, actor: Actor) -> services.LoadedReport:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("field.missing", path="file")
    return load_upload(actor, file, accept_losses="accept_losses" in request.POST)


def _acts(request: HttpRequest, actor: Actor, name: str) -> dict[str, Any]:
    form = request.POST
    labels = {language: form.get(f"label_{language}", "").strip() for language in LANGUAGES}
    return {
        "add": lambda: services.add_national_code(
            actor,
            list_name=name,
            code=form.get("code", "").strip(),
            maps_to=form.get("maps_to", "").strip(),
            labels={language: label for language, label in labels.items() if label},
        ),
        "retire": lambda: services.retire_national_code(
            actor, list_name=name, code=form.get("code", ""), until=_day(form.get("until", ""))
        ),
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("date.invalid", path="until", value=text[:20]) from None


def _row(codes: CodeList, code: Code, language: str) -> dict[str, Any]:
    return {
        "code": code.code,
        "label": codes.label(code.code, language),
        "depth": code.code.count("."),
        "maps_to": codes.label(code.maps_to, language) if code.maps_to else "",
        "is_national": bool(code.maps_to),
        "until": code.valid_to,
        "state": _("national") if code.maps_to else "",
    }
