"""The official forms of a case: the report of the seizure, and the inventory of its goods to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop as N_

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.languages import PSEUDO, comma
from opencen.printing.blocks import Block, text_block
from opencen.printing.making import make_pdf
from opencen.records.media import open_derivative
from opencen.records.texts import translate, write_moment
from opencen.seizures.queries import get_case
from opencen.seizures.queries.shapes import CaseView, LineView

FORMS = ("report", "inventory")
RIGHT_TO_LEFT = ("ar", PSEUDO)
MOST_PICTURES = 12
CRESTS = ("crest.svg", "crest.png", "crest.jpg")
LARGEST_CREST = 2_000_000
_SIZE = "display"


def print_case(actor: Actor, case_id: UUID, *, form: str, language: str = "") -> tuple[str, bytes]:
    """Return the file name and the PDF of a case's form as the actor may read it, in the language asked for."""
    if form not in FORMS:
        raise NotFound("print.unknown_form", form=form)
    chosen = language or actor.language
    if chosen not in dict(settings.LANGUAGES):
        raise Invalid("language.unknown", path="language", value=chosen)
    reader = replace(actor, language=chosen)
    view = get_case(reader, case_id)
    pictures = _pictures(reader, view) if form == "report" else {}
    blocks = _report(view, chosen, pictures) if form == "report" else _inventory(view, chosen)
    crest, crest_file = find_crest()
    content = _frame(reader, view, form) | {"blocks": list(blocks), "crest": crest}
    name = f"{view.head.reference or view.head.id}-{form}-{chosen}.pdf"
    return name, make_pdf(content, {f"{digest}.jpg": data for digest, (data, _) in pictures.items()} | crest_file)


def find_crest() -> tuple[str, dict[str, bytes]]:
    """Return the administration's crest, which an administrator puts into the home directory, if there is one."""
    for name in CRESTS:
        file = settings.HOME.path / name
        if file.is_file() and file.stat().st_size <= LARGEST_CREST:
            return name, {name: file.read_bytes()}
    return "", {}


def _frame(reader: Actor, view: CaseView, form: str) -> dict[str, Any]:
    """Letterhead, title and foot; a case in Arabic is set from right to left."""
    language, head = reader.language, view.head
    titles = {"report": N_("Seizure report"), "inventory": N_("Inventory of goods")}
    printed = {"name": _isolate(reader.name), "when": _isolate(write_moment(now(), language, reader.time_zone))}
    return {
        "language": language.partition("-")[0],
        "rtl": language in RIGHT_TO_LEFT,
        "administration": settings.NODE_NAME,
        "office": comma(language).join(part for part in (head.office, head.unit) if part),
        "reference": head.reference or str(head.id),
        "reference_label": translate("Reference", language),
        "title": translate(titles[form], language),
        "subtitle": head.title,
        "revision": translate("revision {number}", language, number=head.revision),
        "state": head.state_label,
        "printed": translate("printed by {name}, {when}", language, **printed),
        "page": _page_words(language),
    }


def _isolate(text: str) -> str:
    """Let what people wrote run in its own direction (Unicode FSI and PDI)."""
    return f"\u2068{text}\u2069"


def _page_words(language: str) -> str:
    """The numbers are the press's to fill in."""
    return translate("page {page} of {pages}", language, page="{page}", pages="{pages}")


def _report(view: CaseView, language: str, pictures: dict[str, tuple[bytes, str]]) -> Iterator[Block]:
    yield _facts("", [(label, text) for path, label, text in view.facts if path != "narrative"])
    yield _goods(view, language)
    if view.figures:
        yield text_block("", view.figures)
    if view.route:
        yield _route(view, language)
    if view.parties:
        yield _parties(view, language)
    if view.document.get("narrative"):
        yield text_block(translate("What happened", language), str(view.document["narrative"]))
    if pictures:
        shown = [(f"{digest}.jpg", caption) for digest, (_, caption) in pictures.items()]
        yield {"kind": "pictures", "title": translate("Photos and X-rays", language), "rows": shown}
    yield _signatures(language, (N_("Officer in charge"), N_("Second officer"), N_("Head of office")))


def _route(view: CaseView, language: str) -> Block:
    rows = [(leg.role_label, leg.name, leg.place, leg.mode, leg.carrier) for leg in view.route]
    names = (N_("Role"), N_("Place"), N_("Code"), N_("Mode"), N_("Carrier"))
    return _table(translate("Route", language), [translate(name, language) for name in names], rows, (2, 4, 2, 2, 3))


def _parties(view: CaseView, language: str) -> Block:
    rows = [(one.role, one.name or one.identified, one.standing_label, one.note) for one in view.parties]
    names = (N_("Role"), N_("Name"), N_("Standing"), N_("Note"))
    head = [translate(name, language) for name in names]
    return _table(translate("People and companies", language), head, rows, (2, 4, 2, 4))


def _inventory(view: CaseView, language: str) -> Iterator[Block]:
    wanted = {"detected_at", "office", "place", "location_type"}
    yield _facts("", [(label, text) for path, label, text in view.facts if path in wanted])
    yield _goods(view, language, is_inventory=True)
    yield text_block(
        "",
        translate(
            "The goods above were counted or weighed in the presence of those who sign. "
            "Where somebody does not sign, the reason is written in the place of the signature.",
            language,
        ),
    )
    yield _signatures(
        language, (N_("Officer in charge"), N_("Owner or person present"), N_("Witness"), N_("Received into custody"))
    )


def _goods(view: CaseView, language: str, *, is_inventory: bool = False) -> Block:
    if is_inventory:
        names: tuple[str, ...] = (
            N_("No."),
            N_("Goods"),
            N_("Quantity"),
            N_("Packages"),
            N_("Marks"),
            N_("Seal or exhibit number"),
            N_("Remarks"),
        )
        widths: tuple[int, ...] = (1, 5, 3, 3, 3, 3, 3)
        lines = {str(item.get("id")): item for item in view.document.get("lines", ())}
        rows = [
            [*_line(line, language), line.packages, str(lines.get(line.id, {}).get("marks") or ""), "", ""]
            for line in view.lines
        ]
    else:
        names, widths = (N_("No."), N_("Goods"), N_("Quantity"), N_("Hidden"), N_("Status")), (1, 6, 4, 5, 3)
        rows = [[*_line(line, language), line.concealment, line.status] for line in view.lines]
    head = [translate(name, language) for name in names]
    return _table(translate("Goods", language), head, rows, widths, numbers=(0, 2))


def _quantities(line: LineView, language: str) -> str:
    """Name every quantity of a line with what was weighed and by whom: a gross weight is no net weight."""
    stages = [stage for stage in line.stages if stage.text]
    if not stages:
        return line.stated or line.quantity
    written = []
    for stage in stages:
        basis = stage.basis or (translate("gross or net not stated", language) if line.family == "mass" else "")
        by = stage.label if len(stages) > 1 else ""
        written.append("\n".join([stage.text, *filter(None, (comma(language).join(filter(None, (basis, by))),))]))
    return "\n".join(written)


def _line(line: LineView, language: str) -> list[str]:
    quantity = _quantities(line, language)
    goods = f"{line.label}\n{_isolate(line.description)}" if line.description else line.label
    return [str(line.number), goods, quantity]


def _pictures(reader: Actor, view: CaseView) -> dict[str, tuple[bytes, str]]:
    """Return copies without metadata of the pictures that the reader may see, with their captions."""
    found: dict[str, tuple[bytes, str]] = {}
    for shown in view.media:
        if shown.has_preview and not shown.is_missing and len(found) < MOST_PICTURES:
            copy = open_derivative(reader, shown.sha256, _SIZE)
            found[shown.sha256] = (copy.content, shown.caption or shown.kind_label)
    return found


def _facts(title: str, rows: list[tuple[str, str]]) -> Block:
    return {"kind": "facts", "title": title, "rows": rows}


def _table(title: str, head: list[str], rows: Any, widths: tuple[int, ...], numbers: tuple[int, ...] = ()) -> Block:
    """Lay a table; the columns of numbers stand at the end side."""
    cells = [[str(cell or "") for cell in row] for row in rows]
    return {
        "kind": "table",
        "title": title,
        "head": head,
        "rows": cells,
        "widths": list(widths),
        "numbers": [place in numbers for place in range(len(head))],
    }


def _signatures(language: str, names: tuple[str, ...]) -> Block:
    note = translate("name, date, signature", language)
    return {"kind": "signatures", "title": "", "rows": [[translate(name, language), note] for name in names]}
