"""The watched folder: files that have stopped growing go through the same door; their report is laid beside them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from uuid import UUID

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from opencen.accounts.queries import actor_named
from opencen.formats.handing_back import make_workbook, say
from opencen.formats.mapping import write_mapping
from opencen.formats.models import ImportBatch
from opencen.formats.queries import Reason, batch_of, findings_of, reasons_of, rows_of, totals_of
from opencen.formats.reading import WHOLE
from opencen.formats.services import mapping_for, set_mapping, start_run, upload_file
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, OpenCenError
from opencen.kernel.languages import LANGUAGES
from opencen.kernel.uploads.content import MAX_BYTES
from opencen.records.jobs import job
from opencen.records.texts import error_text

SECTION = "watched"
TAKEN, DONE, FAILED = "taken", "done", "failed"
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
QUIET_SECONDS = 5.0
MOST_ROWS = 2000

# What each file looked like at the last look: one that is still being written changes.
_seen: dict[Path, tuple[int, int]] = {}


@job("watched_folder", every=5.0)
def watch_folder() -> int:
    """Take in the files of the watched folder, where one is configured; return how many were moved on."""
    named = str(settings.HOME.value(SECTION, "folder", ""))
    if not named:
        return 0
    folder = Path(named)
    actor = actor_named(str(settings.HOME.value(SECTION, "user", "")))
    if actor is None:
        raise Invalid("watched.user_unknown", path="watched.user")
    actor = actor.speaking(_language(actor))
    for name in (TAKEN, DONE, FAILED):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    return sum(_finish(folder, path, actor) for path in _files(folder / TAKEN)) + sum(
        _take(folder, path, actor) for path in _files(folder) if _is_still(path)
    )


def _language(actor: Actor) -> str:
    """Return the language that was named for the folder, else the user's."""
    named = str(settings.HOME.value(SECTION, "language", ""))
    return named if named in LANGUAGES else actor.language


def _files(folder: Path) -> list[Path]:
    """List the plain files of a folder, the oldest first; links and files under way are left alone."""
    found = []
    for path in folder.iterdir():
        facts = path.lstat()
        if stat.S_ISREG(facts.st_mode) and not path.name.startswith(".") and path.suffix not in UNFINISHED:
            found.append((facts.st_mtime_ns, path))
    return [path for _, path in sorted(found)]


def _is_still(path: Path) -> bool:
    """Tell whether a file looks as at the last look, and was left alone for a while."""
    facts = path.stat()
    here = (facts.st_size, facts.st_mtime_ns)
    before = _seen.get(path)
    _seen[path] = here
    return before == here and now().timestamp() - facts.st_mtime >= QUIET_SECONDS


def _take(folder: Path, path: Path, actor: Actor) -> int:
    """Start the import of a file, and move it aside under the batch's id: a restart goes on from there."""
    try:
        batch = _start(path, actor)
    except OpenCenError as error:
        text = error_text(error, actor.language)
        lines = [path.name, text.message, text.right]
        _move(path, folder / FAILED / _dated(path.name), "\n".join(line for line in lines if line))
        return 1
    os.replace(path, folder / TAKEN / f"{batch.id} {path.name}")
    _seen.pop(path, None)
    return 1


def _start(path: Path, actor: Actor) -> ImportBatch:
    # Opened without following: whoever lays files here could put a link in its place after the look.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        content = file.read(MAX_BYTES + 1)
    kind = str(settings.HOME.value(SECTION, "type", "case"))
    office = str(settings.HOME.value(SECTION, "office", ""))
    reason = str(settings.HOME.value(SECTION, "reason", ""))
    batch = upload_file(actor, content=content, name=path.name, type=kind, office=office)
    if batch.mapping_name != WHOLE:
        mapping = _mapping(batch, actor)
        batch = set_mapping(
            actor, batch_id=batch.id, mapping=mapping, mode="historical" if reason else "", reason=reason
        )
    return start_run(actor, batch_id=batch.id)


def _mapping(batch: ImportBatch, actor: Actor) -> str:
    """Return the mapping that was named for the folder, else the saved one that knows the file; none is guessed."""
    return write_mapping(mapping_for(actor, batch, str(settings.HOME.value(SECTION, "mapping", ""))))


def _finish(folder: Path, path: Path, actor: Actor) -> int:
    """Lay the report beside a file whose import has ended, and the checked workbook where rows were left."""
    key, _, name = path.name.partition(" ")
    try:
        batch = batch_of(actor, UUID(key))
    except (ValueError, OpenCenError):
        _move(path, folder / FAILED / _dated(path.name), "")
        return 1
    if batch.task:
        return 0
    totals = totals_of(batch)
    is_whole = not batch.error and batch.state == "done" and not totals.refused and not totals.waiting
    target = folder / (DONE if is_whole else FAILED) / _dated(name)
    if (totals.refused or totals.waiting) and batch.mapping and batch.mapping_name != WHOLE:
        content = make_workbook(actor, batch_id=batch.id)
        target.with_name(f"{target.name}.checked.xlsx").write_bytes(content)
    _move(path, target, report_text(batch, actor))
    return 1


def _move(path: Path, target: Path, report: str) -> None:
    target.with_name(f"{target.name}.report.txt").write_text(report + "\n", "utf-8")
    os.replace(path, target)
    _seen.pop(path, None)


def _dated(name: str) -> str:
    return f"{now():%Y%m%dT%H%M%S%f} {name}"


def report_text(batch: ImportBatch, actor: Actor) -> str:
    """Say what became of a batch's rows, and of each row that was left why, in the language of the folder."""
    totals, reasons, language = totals_of(batch), reasons_of(batch), actor.language
    with override(language):
        lines = [
            f"{batch.file_name} · B-{batch.created_at.year}-{batch.number:04d}",
            _("%(rows)s rows = %(stored)s stored + %(unchanged)s unchanged + %(refused)s refused + %(waiting)s waiting")
            % {name: getattr(totals, name) for name in ("rows", "stored", "unchanged", "refused", "waiting")},
        ]
        if batch.error:
            lines.append(say({"level": "error", **orjson.loads(batch.error)}, language, batch.type))
        lines += [f"{reason.rows:>7}  {_say_reason(batch, reason, language)} [{reason.code}]" for reason in reasons]
        lines += _row_lines(batch, language)
    return "\n".join(lines)


def _say_reason(batch: ImportBatch, reason: Reason, language: str) -> str:
    """Say a reason by the first row that has it: its values stand in the sentence."""
    rows, _count = rows_of(batch, outcome=reason.level, code=reason.code, limit=1)
    found = next((f for row in rows for f in findings_of(row) if f["code"] == reason.code), None)
    if found is None:
        return reason.code
    text = say(found, language, batch.type)
    return _("Row %(row)s: %(text)s") % {"row": rows[0].number, "text": text} if reason.rows > 1 else text


def _row_lines(batch: ImportBatch, language: str) -> list[str]:
    """Say of each row that was left why, in the order of the file."""
    left = batch.rows.filter(outcome__in=("refused", "waiting")).order_by("number")
    count = left.count()
    lines = [""] if count else []
    words = {"refused": _("refused"), "waiting": _("waiting")}
    for row in left[:MOST_ROWS]:
        found = findings_of(row)
        decisive = [entry for entry in found if entry["level"] in ("error", "question")] or found
        texts = dict.fromkeys(say(entry, language, batch.type) for entry in decisive)
        about = _("Row %(row)s: %(text)s") % {"row": row.number, "text": words[row.outcome]}
        lines.append(" · ".join((about, *texts)))
    if count > MOST_ROWS:
        lines.append(_("and %(count)s more rows: see the checked workbook") % {"count": count - MOST_ROWS})
    return lines
