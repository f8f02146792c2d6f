"""What all pages of one import share: its four steps, its way back, and errors in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from opencen.codelists.catalogue import get_list
from opencen.formats.constants import Constant
from opencen.formats.fields import FieldChoice
from opencen.formats.handing_back import say
from opencen.formats.queries import batch_of
from opencen.kernel.actor import Actor
from opencen.kernel.languages import collation

MOST_CHOICES = 400
STEPS = ("file", "columns", "dry_run", "result")
REACHED = {"uploaded": 1, "mapped": 1, "dry_run": 2, "running": 3, "paused": 3, "failed": 3, "done": 3}


def frame(actor: Actor, batch_id: UUID, step: str) -> dict[str, Any]:
    """Give a page of an import its batch, steps and way back."""
    batch = batch_of(actor, batch_id)
    labels = {"file": _("File"), "columns": _("Columns"), "dry_run": _("Dry run"), "result": _("Result")}
    here = STEPS.index("dry_run" if batch.task == "dry" else step)
    return {
        "rail_active": "import",
        "batch": batch,
        "code": batch_code(batch),
        "crumbs": [{"label": _("Import"), "url": "/import"}, {"label": f"{batch_code(batch)} · {batch.file_name}"}],
        "steps": [
            {
                "label": labels[name],
                "state": "done" if place < here else "current" if place == here else "waiting",
                "url": f"/import/{batch.id}/columns" if name == "columns" and place < here else "",
            }
            for place, name in enumerate(STEPS)
        ],
        "problem": batch_problem(batch, actor.language),
    }


def choice_label(choice: FieldChoice) -> str:
    """Name a field with the group it stands in."""
    whole = {"case": _("Case"), "control": _("Check"), "suspect": _("Person"), "company": _("Company"),
             "conveyance": _("Conveyance")}  # fmt: skip
    return f"{choice.group or whole.get(choice.type, choice.type)} › {choice.label}"


def constant_fields(constants: list[Constant], language: str) -> list[dict[str, Any]]:
    """Give a form one field for each value that may hold for the whole file, with the labels to choose from."""
    found = []
    for constant in constants:
        codes = get_list(constant.choice.leaf.codelist)
        labels = [codes.label(code, language) for code in codes.codes] if len(codes) <= MOST_CHOICES else []
        found.append(
            {
                "name": f"constant-{constant.choice.path}",
                "label": choice_label(constant.choice),
                "value": codes.label(constant.value, language) if constant.value in codes.codes else constant.value,
                "rows": constant.rows,
                "list": constant.choice.leaf.codelist,
                "labels": sorted(set(labels), key=collation(language)),
            }
        )
    return found


def sent_constants(form: Any) -> dict[str, str]:
    """Return the values that a form gives for the whole file, by the path of their field."""
    return {name.removeprefix("constant-"): str(form[name]) for name in form if name.startswith("constant-")}


def batch_code(batch: Any) -> str:
    """Name a batch as people do."""
    return f"B-{batch.created_at.year}-{batch.number:04d}"


def batch_problem(batch: Any, language: str) -> dict[str, str] | None:
    """Say why a batch failed."""
    if not batch.error:
        return None
    found = orjson.loads(batch.error)
    entry = {"code": found["code"], "level": "error", "path": found["path"], "data": found["data"]}
    return {"level": "error", "title": _("The import stopped."), "detail": say(entry, language, batch.type)}


def page_of(batch: Any) -> str:
    """Return the address of the page that a batch stands at."""
    if batch.task:
        return f"/import/{batch.id}/progress"
    if batch.state in ("uploaded", "mapped") and batch.mapping_name != "opencen":
        return f"/import/{batch.id}/columns"
    return f"/import/{batch.id}/result"
