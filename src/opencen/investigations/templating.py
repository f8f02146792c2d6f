"""Templates: the stages of an investigation by offence area, as data files and as an administrator adds them.

A template is a TOML text with `name`, `label`, `area` (a code of the list “offence_area”) and its stages in order:

    [[stage]]
    key = "inquire"              # small letters, the same in templates whose stage means the same
    label = "Inquiry"
    days = 60                    # deadline from the day the stage began; none where left out
    required = ["evidence"]      # fields that are answered before the investigation goes on
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.investigations.models import OwnTemplate
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.stamps import Stamped
from opencen.records.effective import effective_schema
from opencen.records.schema import Node

NAME = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
MOST_STAGES = 20
MOST_DAYS = 3650
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way."""

    key: str
    label: str
    days: int | None
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The way of an investigation in one offence area."""

    name: str
    label: str
    area: str
    stages: tuple[Stage, ...]
    is_own: bool = False

    def stage(self, key: str) -> Stage | None:
        """Return a stage by its key."""
        return next((stage for stage in self.stages if stage.key == key), None)

    def place(self, key: str) -> int:
        """Return where a stage stands, the first at 0; -1 for one that is not there."""
        return next((number for number, stage in enumerate(self.stages) if stage.key == key), -1)


def _load() -> Mapping[str, Template]:
    found = dict(_shipped())
    for row in OwnTemplate.objects.order_by("name"):
        template = read_template(row.content, is_own=True)
        found[template.name] = template
    return found


_templates = Stamped("investigation_templates", _load)


def templates() -> Mapping[str, Template]:
    """Return every template by name, those of this service over those that were shipped."""
    return _templates.get()


def find_template(name: str) -> Template:
    """Return a template, or NotFound."""
    found = templates().get(name)
    if found is None:
        raise NotFound("investigation.template_unknown", path="template", value=name[:40])
    return found


@cache
def _shipped() -> Mapping[str, Template]:
    folder = resources.files("opencen.investigations").joinpath("templates")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    read = [read_template(file.read_text("utf-8")) for file in files]
    return {template.name: template for template in read}


def shipped_text(name: str) -> str:
    """Return the text of a shipped template, to start one's own from."""
    file = resources.files("opencen.investigations").joinpath("templates", f"{name}.toml")
    return file.read_text("utf-8") if NAME.match(name) and file.is_file() else ""


def read_template(text: str, *, is_own: bool = False) -> Template:
    """Read a template, or say what of it is not right."""
    if len(text) > LONGEST_TEXT:
        raise Invalid("text.too_long", path="content", limit=LONGEST_TEXT)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid("investigation.template_unreadable", path="content", said=str(error)[:120]) from None
    name, label, area = (_text(data, key) for key in ("name", "label", "area"))
    if not NAME.match(name):
        raise Invalid("investigation.template_name", path="name", value=name[:40])
    if area not in get_list("offence_area").codes:
        raise Invalid("investigation.template_area", path="area", value=area[:40])
    listed = data.get("stage")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_STAGES:
        raise Invalid("investigation.template_stages", path="stage", limit=MOST_STAGES)
    stages = tuple(_read_stage(entry) for entry in listed)
    if len({stage.key for stage in stages}) != len(stages):
        raise Invalid("investigation.template_twice", path="stage")
    return Template(name, label, area, stages, is_own)


def _read_stage(entry: Any) -> Stage:
    if not isinstance(entry, dict):
        raise Invalid("investigation.template_stages", path="stage", limit=MOST_STAGES)
    key, label = _text(entry, "key"), _text(entry, "label")
    if not NAME.match(key):
        raise Invalid("investigation.template_name", path="key", value=key[:40])
    days = entry.get("days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= MOST_DAYS):
        raise Invalid("investigation.template_days", path="days", limit=MOST_DAYS)
    required = entry.get("required", [])
    if not isinstance(required, list):
        raise Invalid("investigation.template_field", path="required", value=str(required)[:60])
    for path in required:
        if not isinstance(path, str) or not _is_field(path):
            raise Invalid("investigation.template_field", path="required", value=str(path)[:60])
    return Stage(key, label, days, tuple(required))


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Invalid("investigation.template_lacks", path=key, name=key)
    return value.strip()[:120]


def _is_field(path: str) -> bool:
    node: Node = effective_schema("investigation").tree
    *groups, last = path.split(".")
    for name in groups:
        if name not in node.groups:
            return False
        node = node.groups[name]
    return last in node.leaves or last in node.groups


def missing_fields(stage: Stage, document: Mapping[str, Any]) -> list[str]:
    """Return which of a stage's required fields the document leaves empty."""
    return [path for path in stage.required if not _stated(document, path)]


def _stated(document: Mapping[str, Any], path: str) -> bool:
    part: Any = document
    for name in path.split("."):
        part = part.get(name) if isinstance(part, Mapping) else None
    return part not in (None, "", [], {})
