"""Acts upon code lists: a country's own codes, and official files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from opencen.codelists.catalogue import get_list
from opencen.codelists.events import LIST_LOADED, NATIONAL_CODE_ADDED, NATIONAL_CODE_RETIRED
from opencen.codelists.lists import CodeList
from opencen.codelists.models import LoadedCode, LoadedList, NationalCode
from opencen.codelists.official import OfficialFile, OfficialRow, RefusedRow, read_file
from opencen.codelists.overlay import pack_content
from opencen.codelists.permissions import MANAGE_CODELISTS
from opencen.codelists.queries import STAMP
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.text import fold_ascii
from opencen.log.service import nothing_done, record_act, service
from opencen.log.stamps import change_stamp

NATIONAL_FORM = re.compile(r"[a-z]{2}:[a-z0-9_]{1,40}(?:\.[a-z0-9_]{1,40}){0,5}")
LONGEST_LABEL = 200
MOST_GONE_SHARE = 0.2
BATCH = 2000


@dataclass(frozen=True)
class LoadedReport:
    """Say what loading an official file did."""

    list_name: str
    format: str
    version: date
    total: int
    added: int
    changed: int
    gone: int
    refused: tuple[RefusedRow, ...]
    doubtful: tuple[RefusedRow, ...]
    is_repeat: bool = False


@service(MANAGE_CODELISTS)
def add_national_code(
    actor: Actor,
    *,
    list_name: str,
    code: str,
    maps_to: str,
    labels: Mapping[str, str],
    aliases: Mapping[str, list[str]] | None = None,
    valid_from: date | None = None,
) -> NationalCode:
    """Add a code of the country, `tn:drugs.cannabis.zatla`, that counts as the standard code it maps to."""
    codes = get_list(list_name)
    _check_national(codes, code, maps_to, labels)
    row = NationalCode.objects.create(
        list_name=list_name,
        code=code,
        maps_to=maps_to,
        labels=dict(labels),
        aliases=dict(aliases or {}),
        valid_from=valid_from,
    )
    record_act(NATIONAL_CODE_ADDED, "code", row.id, list=list_name, code=code, maps_to=maps_to)
    change_stamp(STAMP)
    return row


@service(MANAGE_CODELISTS)
def retire_national_code(actor: Actor, *, list_name: str, code: str, until: date) -> NationalCode:
    """End a code of the country; records that hold it keep it, and it stays readable."""
    row = NationalCode.objects.filter(list_name=list_name, code=code).first()
    if row is None:
        raise NotFound("code.unknown", list=list_name, value=code)
    if row.valid_from and until < row.valid_from:
        raise Invalid("code.ends_before_start", path="until", until=until.isoformat())
    row.valid_to = until
    row.save(update_fields=["valid_to"])
    record_act(NATIONAL_CODE_RETIRED, "code", row.id, list=list_name, code=code, until=until.isoformat())
    change_stamp(STAMP)
    return row


@service(MANAGE_CODELISTS)
def load_file(actor: Actor, *, path: Path, version: date | None = None, accept_losses: bool = False) -> LoadedReport:
    """Load an official file as the version of a day; a code that it no longer has ends on the day before.

    A file that would end more than a fifth of what was loaded before is refused unless that is accepted.
    """
    found = read_file(path)
    day = version or now().date()
    latest = _latest(found)
    if latest is not None and latest.digest == found.digest:
        nothing_done()
        return _report(found, latest.version, (0, 0, 0), is_repeat=True)
    report = _store(found, day, is_first=latest is None, accept_losses=accept_losses)
    row = LoadedList.objects.create(
        list_name=report.list_name,
        source=_source(found),
        version=day,
        file_name=found.name[:200],
        digest=found.digest,
        loaded_at=now(),
        total=report.total,
        added=report.added,
        changed=report.changed,
        gone=report.gone,
        refused=len(report.refused),
    )
    counts = {"total": row.total, "added": row.added, "changed": row.changed, "gone": row.gone, "refused": row.refused}
    record_act(
        LIST_LOADED,
        "codelist",
        row.id,
        digest=found.digest,
        list=row.list_name,
        source=row.source,
        version=day.isoformat(),
        **counts,
    )
    change_stamp(STAMP)
    return report


def _check_national(codes: CodeList, code: str, maps_to: str, labels: Mapping[str, str]) -> None:
    if not NATIONAL_FORM.fullmatch(code):
        raise Invalid("code.not_national", path="code", value=code)
    if code in codes:
        raise Conflict("code.taken", path="code", value=code)
    if ":" in maps_to or maps_to not in codes:
        raise Invalid("code.unknown", path="maps_to", list=codes.name, value=maps_to)
    if not any(label.strip() for label in labels.values()):
        raise Invalid("code.label_missing", path="labels")
    for language, label in labels.items():
        if len(label) > LONGEST_LABEL or not fold_ascii(label):
            raise Invalid("code.label_unusable", path=f"labels.{language}", value=label[:LONGEST_LABEL])
        taken = {fold_ascii(other.labels[language]): other.code for other in codes if language in other.labels}
        if other := taken.get(fold_ascii(label)):
            raise Conflict("code.label_taken", path=f"labels.{language}", value=label, held_by=other)


def _latest(found: OfficialFile) -> LoadedList | None:
    loadings = LoadedList.objects.filter(list_name=found.format.list_name, source=_source(found))
    return loadings.order_by("-loaded_at").first()


def _source(found: OfficialFile) -> str:
    """Name the source of a file; UN/LOCODE comes in parts, each told by its first country."""
    if found.format.name != "unlocode":
        return found.format.name
    return f"unlocode:{min(found.rows)[:2]}"


def _store(found: OfficialFile, day: date, *, is_first: bool, accept_losses: bool) -> LoadedReport:
    name, source = found.format.list_name, _source(found)
    before = {row.code: row for row in LoadedCode.objects.filter(list_name=name, source=source)}
    most_gone = MOST_GONE_SHARE * len(before)
    added: list[LoadedCode] = []
    changed: list[LoadedCode] = []
    for official in found.rows.values():
        row = _to_row(official, name, source, day)
        known = before.pop(row.code, None)
        if known is None:
            row.valid_from = None if is_first else day
            added.append(row)
            continue
        if official.is_retired and known.valid_to:
            row.valid_to = known.valid_to
        if (known.content, known.valid_to) != (row.content, row.valid_to):
            row.pk = known.pk
            changed.append(row)
    gone = [row for row in before.values() if row.valid_to is None]
    if len(gone) > most_gone and not accept_losses:
        raise Conflict("codelist.too_many_gone", list=name, gone=len(gone), kept=len(found.rows))
    for row in gone:
        row.valid_to = day - timedelta(days=1)
    LoadedCode.objects.bulk_create(added, batch_size=BATCH)
    LoadedCode.objects.bulk_update(changed + gone, ["content", "valid_to"], batch_size=BATCH // 10)
    return _report(found, day, (len(added), len(changed), len(gone)))


def _report(found: OfficialFile, day: date, counts: tuple[int, int, int], *, is_repeat: bool = False) -> LoadedReport:
    known = found.format
    return LoadedReport(
        known.list_name, known.name, day, len(found.rows), *counts, found.refused, found.doubtful, is_repeat
    )


def _to_row(official: OfficialRow, name: str, source: str, day: date) -> LoadedCode:
    ends = official.valid_to or (day - timedelta(days=1) if official.is_retired else None)
    content = pack_content(official.labels, official.parent, official.attributes, official.aliases)
    return LoadedCode(list_name=name, code=official.code, source=source, content=content, valid_to=ends)
