"""Release preview: what stays, what goes and why, decided by a person before the one click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from opencen.exchange.partners import hub
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, OpenCenError
from opencen.kernel.languages import comma
from opencen.records.documents import to_bytes
from opencen.records.effective import effective_schema
from opencen.records.paths import annotations_at, parse_path
from opencen.records.texts import error_text, text_of, write_at, write_leaf, write_path
from opencen.release.compiler import Row
from opencen.release.narrative import Narrative, span_key
from opencen.release.services import Choices, Preview, preview, release_record
from opencen.release.uniqueness import Recognisable
from opencen.seizures.queries import get_case
from opencen.seizures.queries.cases import find_case
from opencen.web.actors import actor_in

PROFILE = "global_cen"
HOW = {
    "kept": gettext_lazy("kept"),
    "time_dropped": gettext_lazy("time dropped"),
    "date_to_month": gettext_lazy("date to month"),
    "finer_level_dropped": gettext_lazy("finer place dropped"),
    "year_to_age_band": gettext_lazy("year to age band"),
    "nominal": gettext_lazy("names or identifies"),
    "not_in_profile": gettext_lazy("not in the profile"),
    "not_contraband": gettext_lazy("not contraband"),
    "cleared_never_sent": gettext_lazy("cleared: never sent"),
}
KINDS = {
    "name": gettext_lazy("a name"),
    "company": gettext_lazy("a company"),
    "vessel": gettext_lazy("a vessel"),
    "plate": gettext_lazy("a number plate"),
    "phone": gettext_lazy("a phone number"),
    "email": gettext_lazy("an e-mail address"),
    "online": gettext_lazy("an address on the net"),
    "document": gettext_lazy("a document number"),
    "container": gettext_lazy("a container number"),
    "account": gettext_lazy("an account number"),
}
GROUPS = (
    (
        gettext_lazy("When and where"),
        ("kind", "form", "detected_at", "seized_at", "country", "office", "unit", "location_type", "place", "agencies"),
    ),
    (gettext_lazy("Why and how"), ("detection_method", "detection_techniques", "prompted_by")),
    (gettext_lazy("Goods"), ("lines", "goods_origin")),
    (
        gettext_lazy("Movement"),
        ("direction", "procedure", "e_commerce", "route", "traveller", "consignments", "conveyances"),
    ),
    (gettext_lazy("People and companies"), ("persons", "companies", "offences", "staff")),
)


@require_http_methods(["GET", "POST"])
def release_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Preview what goes to the hub; posted with `send`, let it go."""
    actor = actor_in(request)
    actor.require("case:release")
    recipient = hub()
    choices = read_choices(request)
    problem = ""
    if request.method == "POST" and request.POST.get("act") == "send":
        try:
            if recipient is None:
                raise Conflict("release.no_hub")
            release_record(
                actor,
                record_id=case_id,
                revision=int(request.POST.get("revision", "0") or 0),
                profile=PROFILE,
                recipient=recipient.node,
                choices=choices,
            )
        except OpenCenError as error:
            problem = error_text(error, actor.language)
        else:
            return HttpResponseRedirect(f"/cases/{case_id}")
    made = preview(
        actor, record_id=case_id, profile=PROFILE, recipient=recipient.node if recipient else "", choices=choices
    )
    context = _context(actor, made, choices, every="every" in request.GET)
    context |= {"recipient": recipient, "problem": problem, "rail_active": "seizures"}
    return render(request, "seizures/release.html", context, status=409 if problem else 200)


def read_choices(request: HttpRequest) -> Choices:
    """Read what a person decided from the form; photos marked releasable are chosen until said otherwise."""
    form = request.POST
    decisions = {name.removeprefix("span."): form.get(name, "") for name in form if name.startswith("span.")}
    if "decide" in form:
        key, _sep, value = form["decide"].partition("=")
        decisions[key] = value
    return Choices(
        with_narrative=form.get("narrative") == "goes",
        decisions=decisions,
        photos=tuple(form.getlist("photos")),
        without_age=tuple(form.getlist("without_age")),
    )


def _context(actor: Actor, made: Preview, choices: Choices, *, every: bool) -> dict[str, Any]:
    record = find_case(actor, made.record.id)
    head = get_case(actor, record.id, is_logged=False).head
    problems = [
        _(text_of(code).message) for code in made.problems if code not in ("release.held", "release.flag_undecided")
    ]
    return {
        "head": head,
        "made": made,
        "choices": choices,
        "groups": list(_groups(actor, made, record.type, every=every)),
        "every": every,
        "problems": problems,
        "narrative": _marked(made.narrative) if made.narrative else None,
        "recognisable": [
            {"person": person, "text": _attributes(person, actor), "has_age": bool(person.age_band)}
            for person in made.recognisable
        ],
        "size": len(to_bytes(made.compiled.document)),
        "photos_going": sum(photo["goes"] for photo in made.photos),
        "persons_going": len(made.compiled.document.get("persons", ())),
    }


def _attributes(person: Recognisable, actor: Actor) -> str:
    """Write what leaves of a person in one line."""
    coded = (("country", person.nationality), ("sex", person.sex), ("age_band", person.age_band))
    return comma(actor.language).join(_code(codelist, value, actor) for codelist, value in coded if value)


def _code(codelist: str, value: str, actor: Actor) -> str:
    return write_leaf(_Leaf(codelist), value, actor.language) if value else ""  # type: ignore[arg-type]  # as an annotation


class _Leaf:
    """Stand for a coded leaf where only its list matters."""

    kind, identifier, items, nominal, free_text, indexed, name = "code", "", "", False, False, False, ""

    def __init__(self, codelist: str) -> None:
        self.codelist = codelist


def _groups(actor: Actor, made: Preview, kind: str, *, every: bool) -> Iterator[dict[str, Any]]:
    """Yield the groups of the form with what goes of each: one row an item, or one a field."""
    placed: set[str] = set()
    ordered = _in_form_order(made, kind)
    for title, names in (*GROUPS, (gettext_lazy("Other"), ())):
        rows = [row for row in ordered if row.path not in placed and (not names or _top(row.path)[0] in names)]
        placed.update(row.path for row in rows)
        if rows:
            shown = [_row(actor, row, kind, made.source) for row in rows] if every else _items(actor, made, rows, kind)
            goes = sum(row.goes is not None for row in rows)
            yield {"title": title, "rows": shown, "goes": goes, "fields": len(rows)}


def _top(path: str) -> tuple[str, str]:
    """Return the first name of a path, and the item it leads to: what is one row."""
    name, item_id = parse_path(path)[0]
    return name, f"{name}[{item_id}]" if item_id else name


def _items(actor: Actor, made: Preview, rows: list[Row], kind: str) -> list[dict[str, Any]]:
    """Join the fields of each item, or of each plain group, into one row."""
    items: dict[str, list[Row]] = {}
    for row in rows:
        items.setdefault(_top(row.path)[1], []).append(row)
    return [
        _row(actor, found[0], kind, made.source)
        if len(found) == 1
        else _joined(path, [_row(actor, row, kind, made.source) for row in found], actor, made, kind)
        for path, found in items.items()
    ]


def _dotted(texts: Iterable[Any]) -> str:
    """Write different texts in one line, each in its own direction."""
    return " · ".join(f"\u2068{text}\u2069" for text in dict.fromkeys(str(text) for text in texts if text))


def _joined(path: str, rows: list[dict[str, Any]], actor: Actor, made: Preview, kind: str) -> dict[str, Any]:
    goes = [row["goes"] for row in rows if row["does_go"]]
    return {
        "label": write_path(path, actor.language, kind, made.source),
        "stays": _dotted(row["stays"] for row in rows),
        "goes": _dotted(goes) or _("that there is one"),
        "does_go": bool(goes),
        "how": comma(actor.language).join(dict.fromkeys(str(row["how"]) for row in rows)),
        "count": {"goes": len(goes), "of": len(rows)},
    }


def _side_by_side(texts: Iterable[Any]) -> str:
    """Join texts of any script, each isolated, so that one's direction does not turn its neighbour."""
    return " · ".join(dict.fromkeys(f"\u2068{text}\u2069" for text in texts if text))


def _in_form_order(made: Preview, kind: str) -> list[Row]:
    """Order the rows as the form asks, item by item."""
    places = {path: place for place, path in enumerate(effective_schema(kind).layout.labels())}

    def key(row: Row) -> tuple[Any, ...]:
        steps, found, plain, part = parse_path(row.path), [], "", made.source
        for name, item_id in steps:
            plain = f"{plain}.{name}" if plain else name
            inner = part.get(name) if isinstance(part, dict) else None
            ids = [item.get("id") for item in inner if isinstance(item, dict)] if isinstance(inner, list) else []
            found += [places.get(plain, 999), ids.index(item_id) if item_id in ids else -1]
            part = inner[ids.index(item_id)] if isinstance(inner, list) and item_id in ids else inner or {}
        return tuple(found)

    return sorted(made.compiled.rows, key=key)


def _row(actor: Actor, row: Row, kind: str, source: dict[str, Any]) -> dict[str, Any]:
    is_item = isinstance(row.stays, dict)
    leaf = annotations_at(effective_schema(kind).tree, row.path)
    goes = row.goes
    is_link = leaf is not None and leaf.kind.startswith("item:")
    if goes is not None and row.how == "year_to_age_band":
        shown = _code("age_band", str(goes), actor)
    elif goes is not None and is_link:
        shown = _("linked")
    else:
        shown = write_at(row.path, goes, actor.language, kind) if goes is not None else ""
    stays = _("linked") if is_link else _("whole item") if is_item else ""
    stays = stays or write_at(row.path, row.stays, actor.language, kind)
    return {
        "label": write_path(row.path, actor.language, kind, source),
        "stays": stays,
        "goes": shown,
        "does_go": goes is not None,
        "how": HOW.get(row.how, row.how),
    }


def _marked(narrative: Narrative) -> list[dict[str, Any]]:
    """Cut the text at its flags: plain pieces and flagged pieces with what was decided."""
    pieces: list[dict[str, Any]] = []
    at = 0
    for span in narrative.spans:
        pieces.append({"text": narrative.written[at : span.start]})
        key = span_key(span)
        decided = narrative.decisions.get(key, "")
        pieces.append({"text": span.text, "kind": KINDS[span.kind], "key": key, "decided": decided, "why": span.why})
        at = span.end
    pieces.append({"text": narrative.written[at:]})
    return pieces
