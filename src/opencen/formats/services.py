"""Acts on imports: upload, map, start, pause, cancel, repair a cell, save a mapping."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.db.models import Max, QuerySet

from opencen.accounts.queries import office_tree
from opencen.codelists.catalogue import resolve
from opencen.formats.cells import fold
from opencen.formats.constants import with_constants
from opencen.formats.events import (
    MAPPED,
    MAPPING_SAVED,
    REPAIRED,
    STARTED,
    STOPPED,
    UPLOADED,
)
from opencen.formats.fields import choice_at
from opencen.formats.files import import_path, keep_file
from opencen.formats.mapping import Mapping, check_mapping, read_mapping, write_mapping
from opencen.formats.measures import LANGUAGES
from opencen.formats.models import ImportBatch, ImportRow, SavedMapping
from opencen.formats.outcomes import BACK
from opencen.formats.proposing import saved_mapping
from opencen.formats.queries import batch_of, find_mapping
from opencen.formats.reading import WHOLE, Sheet, is_whole, open_sheet, row_numbers
from opencen.formats.tables import write_cell
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid
from opencen.log.inserting import insert_stated
from opencen.log.service import record_act, service
from opencen.records.effective import schema_for
from opencen.records.types import domain

BUSY = "import.busy"
SAVED = "saved"
REPAIRABLE = ("refused", "waiting")


@service("import:run")
def upload_file(actor: Actor, *, content: bytes, name: str, type: str = "case", office: str = "") -> ImportBatch:
    """Check and keep a file as a new batch; nothing of it is stored as a record yet."""
    actor.require(f"{domain(type).document.name}:record")
    chosen = office or _own_office(actor)
    office_id = _office(actor, chosen)
    digest, shown = keep_file(content, name)
    at = now()
    number = (ImportBatch.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    batch = ImportBatch(
        number=number, type=type, file_name=shown, sha256=digest, size=len(content), office_id=office_id,
        office=chosen, created_by=actor.id, created_at=at, changed_at=at,
    )  # fmt: skip
    if is_whole(digest):
        batch.mapping_name, batch.state = WHOLE, "mapped"
        batch.total = len(row_numbers(batch))
    else:
        batch.total = len(open_sheet(digest).rows)
    if not batch.total:
        raise Invalid("import.no_rows", path="file")
    batch.save(force_insert=True)
    if batch.state == "mapped":
        _make_rows(batch)
    record_act(UPLOADED, "import", batch.id, digest=digest, size=len(content), type=type)
    return batch


@service("import:run")
def upload_mapped(
    actor: Actor, *, content: bytes, name: str, mapping: str, type: str = "case", office: str = ""
) -> ImportBatch:
    """Keep a file with a saved mapping in one act; a file that the mapping does not fit leaves nothing behind.

    The mapping is named, or `saved`: the one that knows the file's columns.
    """
    batch = upload_file(actor, content=content, name=name, type=type, office=office)
    if batch.mapping_name == WHOLE:
        return batch
    return set_mapping(actor, batch_id=batch.id, mapping=write_mapping(mapping_for(actor, batch, mapping)))


def mapping_for(actor: Actor, batch: ImportBatch, name: str) -> Mapping:
    """Return a saved mapping by its name; without one, the one that knows the columns of a batch's file."""
    if name and name != SAVED:
        return find_mapping(actor, name)
    return saved_mapping(actor, open_sheet(batch.sha256), schema_for(actor, batch.type))


@service("import:run")
def set_mapping(
    actor: Actor, *, batch_id: UUID, mapping: str, mode: str = "", reason: str = "", is_draft: bool = False
) -> ImportBatch:
    """Say which column goes where; a new mapping begins the batch anew. A draft need not fit the file yet."""
    batch = _waiting_batch(actor, batch_id)
    found = read_mapping(mapping)
    if found.type != batch.type:
        raise Invalid("mapping.other_type", path="type", value=found.type)
    check_mapping(found, schema_for(actor, batch.type))
    if mode in ("live", "historical"):
        found = found.model_copy(update={"mode": mode})
    if not is_draft:
        _check_headers(found, batch)
    batch.mapping_name, batch.mapping, batch.mode = found.name, write_mapping(found), found.mode
    batch.reason, batch.state, batch.is_dry, batch.error = reason.strip()[:2000], "mapped", True, ""
    batch.changed_at = now()
    batch.save()
    _make_rows(batch)
    record_act(MAPPED, "import", batch.id, mapping=found.name, mode=found.mode)
    return batch


@service("import:run")
def settle_batch(
    actor: Actor, *, batch_id: UUID, mode: str = "", reason: str = "", constants: dict[str, str] | None = None
) -> ImportBatch:
    """Change the kind of import, or give fields one value for the whole file, and look again; nothing is stored."""
    batch = _waiting_batch(actor, batch_id)
    if not batch.mapping or batch.mapping_name == WHOLE:
        raise Conflict("import.not_mapped")
    if mode == "historical" and not (reason.strip() or batch.reason):
        raise Invalid("import.reason_missing", path="reason")
    mapping = with_constants(read_mapping(batch.mapping), constants or {}, schema_for(actor, batch.type))
    text = write_mapping(mapping)
    set_mapping(actor, batch_id=batch_id, mapping=text, mode=mode, reason=reason.strip() or batch.reason)
    return start_dry_run(actor, batch_id=batch_id)


@service("import:run")
def start_dry_run(actor: Actor, *, batch_id: UUID) -> ImportBatch:
    """Let the worker say what would become of every row; nothing is stored."""
    batch = _mapped_batch(actor, batch_id)
    if not batch.is_dry:
        raise Conflict("import.has_run")
    _look_again(batch.rows.all())
    return _start(batch, "dry", "dry_run")


@service("import:run")
def start_run(actor: Actor, *, batch_id: UUID, reason: str = "", reasons: dict[str, str] | None = None) -> ImportBatch:
    """Let the worker store; what is stored already stays, what was refused or waits is tried again."""
    batch = _mapped_batch(actor, batch_id)
    batch.reason = reason.strip()[:2000] or batch.reason
    kept = {**orjson.loads(batch.reasons), **{code: text.strip()[:2000] for code, text in (reasons or {}).items()}}
    batch.reasons = orjson.dumps({code: text for code, text in kept.items() if text}).decode()
    if batch.mode == "historical" and not batch.reason:
        raise Invalid("import.reason_missing", path="reason")
    again = batch.rows.all() if batch.is_dry else batch.rows.filter(outcome__in=REPAIRABLE)
    _look_again(again)
    batch.is_dry = False
    return _start(batch, "run", "running")


@service("import:run")
def pause_batch(actor: Actor, *, batch_id: UUID) -> ImportBatch:
    """Stop after the chunk in work; starting again goes on from there."""
    return _stop(actor, batch_id, "paused")


@service("import:run")
def cancel_batch(actor: Actor, *, batch_id: UUID) -> ImportBatch:
    """Stop for good; what was stored stays until the import is taken back."""
    return _stop(actor, batch_id, "cancelled")


@service("import:run")
def repair_cell(actor: Actor, *, batch_id: UUID, number: int, column: int, value: str) -> ImportRow:
    """Write another value over a cell of a row that was not stored; the file stays as it came."""
    batch = _waiting_batch(actor, batch_id)
    row = batch.rows.filter(number=number).first()
    if row is None:
        raise Invalid("import.row_unknown", path=str(number))
    if row.outcome not in REPAIRABLE:
        raise Conflict("import.row_stored", path=str(number))
    if not 0 <= column < len(_mapped_sheet(batch).header.names):
        raise Invalid("import.column_unknown", path=str(number), column=str(column))
    repairs = orjson.loads(row.repairs)
    repairs[str(column)] = value[:2000]
    row.repairs = orjson.dumps(repairs).decode()
    row.save(update_fields=["repairs"])
    record_act(REPAIRED, "import", batch.id, row=number, column=column)
    return row


@service("import:run")
def drop_repair(actor: Actor, *, batch_id: UUID, number: int, column: int) -> ImportRow:
    """Take a repair back: the cell says again what the file says."""
    batch = _waiting_batch(actor, batch_id)
    row = batch.rows.filter(number=number, outcome__in=REPAIRABLE).first()
    repairs = orjson.loads(row.repairs) if row else {}
    if row is None or repairs.pop(str(column), None) is None:
        raise Invalid("import.row_unknown", path=str(number))
    row.repairs = orjson.dumps(repairs).decode()
    row.save(update_fields=["repairs"])
    record_act(REPAIRED, "import", batch.id, row=number, column=column)
    return row


@service("import:run")
def repair_alike(actor: Actor, *, batch_id: UUID, number: int, column: int, value: str) -> int:
    """Write one repair over every cell of a column that says the same and was not stored; return how many.

    What a value of a code list was said to mean is learnt by the mapping, so that saving it keeps the answer.
    """
    batch = _waiting_batch(actor, batch_id)
    sheet = _mapped_sheet(batch)
    cells = {n: write_cell(row[column]) for n, row in sheet.rows if column < len(row)}
    wanted = cells.get(number)
    open_rows = batch.rows.filter(outcome__in=REPAIRABLE)
    alike = [row for row in open_rows if cells.get(row.number) == wanted]
    if not alike or wanted is None:
        raise Invalid("import.row_unknown", path=str(number))
    for row in alike:
        row.repairs = orjson.dumps({**orjson.loads(row.repairs), str(column): value[:2000]}).decode()
    ImportRow.objects.bulk_update(alike, ["repairs"], batch_size=200)
    _learn(actor, batch, sheet.header.names[column], wanted, value)
    record_act(REPAIRED, "import", batch.id, row=number, column=column, rows=len(alike))
    return len(alike)


@service("import:run")
def drop_alike(actor: Actor, *, batch_id: UUID, number: int, column: int) -> int:
    """Take a repair back wherever it was written over the same text; return in how many rows."""
    batch = _waiting_batch(actor, batch_id)
    sheet = _mapped_sheet(batch)
    cells = {n: write_cell(row[column]) for n, row in sheet.rows if column < len(row)}
    key = str(column)
    repaired = {row.number: (row, orjson.loads(row.repairs)) for row in batch.rows.filter(outcome__in=REPAIRABLE)}
    wanted = repaired[number][1].get(key) if number in repaired else None
    if wanted is None:
        raise Invalid("import.row_unknown", path=str(number))
    text = cells.get(number, "")
    alike = [row for n, (row, made) in repaired.items() if made.get(key) == wanted and cells.get(n, "") == text]
    for row in alike:
        kept = {place: value for place, value in repaired[row.number][1].items() if place != key}
        row.repairs = orjson.dumps(kept).decode()
    ImportRow.objects.bulk_update(alike, ["repairs"], batch_size=200)
    _unlearn(batch, sheet.header.names[column], text)
    record_act(REPAIRED, "import", batch.id, row=number, column=column, rows=len(alike))
    return len(alike)


def _unlearn(batch: ImportBatch, header: str, text: str) -> None:
    mapping = read_mapping(batch.mapping)
    entry = mapping.column_of(header)
    if entry is not None and entry.values.pop(fold(text), None) is not None:
        batch.mapping = write_mapping(mapping)
        batch.save(update_fields=["mapping"])


def _learn(actor: Actor, batch: ImportBatch, header: str, text: str, value: str) -> None:
    mapping = read_mapping(batch.mapping)
    entry = mapping.column_of(header)
    choice = choice_at(schema_for(actor, batch.type), entry.to[0], "en") if entry and entry.to else None
    code = resolve(choice.leaf.codelist, value, LANGUAGES) if choice and choice.leaf.codelist and text else None
    if entry is None or code is None:
        return
    entry.values[fold(text)] = code.code
    batch.mapping = write_mapping(mapping)
    batch.save(update_fields=["mapping"])


@service("import:run")
def save_mapping(actor: Actor, *, text: str, name: str = "") -> Mapping:
    """Keep a mapping under its name; the next file with these headers starts from it."""
    found = read_mapping(text)
    if name:
        found = read_mapping(write_mapping(found.model_copy(update={"name": name})))
    check_mapping(found, schema_for(actor, found.type))
    kept = {"type": found.type, "text": write_mapping(found), "saved_by": actor.id, "saved_at": now()}
    SavedMapping.objects.update_or_create(name=found.name, defaults=kept)
    record_act(MAPPING_SAVED, "import_mapping", found.name, mapping=found.name)
    return found


def _mapped_sheet(batch: ImportBatch) -> Sheet:
    if not batch.mapping:
        raise Conflict("import.not_mapped")
    return open_sheet(batch.sha256, read_mapping(batch.mapping))


def _own_office(actor: Actor) -> str:
    found = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    if found is None:
        raise Invalid("field.missing", path="office")
    return found.code


def _office(actor: Actor, code: str) -> UUID:
    found = office_tree().by_code.get(code)
    if found is None:
        raise Invalid("office.unknown", path="office", value=code)
    if actor.office_ids is not None and found.id not in actor.office_ids:
        raise Invalid("office.not_yours", path="office", value=code)
    return found.id


def _waiting_batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    batch = batch_of(actor, batch_id)
    if batch.task:
        raise Conflict(BUSY)
    if batch.state in ("cancelled", "undone"):
        raise Conflict("import.ended", state=batch.state)
    return batch


def _mapped_batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    batch = _waiting_batch(actor, batch_id)
    if not batch.mapping_name:
        raise Conflict("import.not_mapped")
    if batch.mapping and import_path(batch.sha256).exists():
        _check_headers(read_mapping(batch.mapping), batch)
    return batch


def _check_headers(mapping: Mapping, batch: ImportBatch) -> None:
    """Refuse a mapping whose key columns the file does not have."""
    names = set(open_sheet(batch.sha256, mapping).header.names)
    if missing := [name for name in mapping.key if name not in names]:
        raise Invalid("mapping.header_missing", path="key", value=missing[0])
    if not any(entry.header in names and entry.to for entry in mapping.column):
        raise Invalid("mapping.fits_nothing", path="column")


def _make_rows(batch: ImportBatch) -> None:
    """Make a row for each row of the file; repairs of the same rows are kept."""
    numbers = row_numbers(batch)
    known = set(batch.rows.values_list("number", flat=True))
    if gone := known - set(numbers):
        batch.rows.filter(number__in=sorted(gone)).delete()
    insert_stated(ImportRow, ("batch_id", "number"), [(batch.pk, number) for number in numbers if number not in known])
    if batch.is_dry and known:
        _look_again(batch.rows.all())
    batch.total = len(numbers)
    batch.save(update_fields=["total"])


def _look_again(rows: QuerySet[ImportRow]) -> None:
    """Forget what became of rows, so that the next run looks at them."""
    rows.exclude(outcome="").update(outcome="", findings="[]", codes="")


def _start(batch: ImportBatch, task: str, state: str) -> ImportBatch:
    batch.task, batch.state, batch.error, batch.changed_at = task, state, "", now()
    batch.done = batch.rows.exclude(outcome="").count()
    batch.claimed_by, batch.claimed_at, batch.seconds = "", None, 0
    batch.save()
    record_act(STARTED, "import", batch.id, task=task, rows=batch.total - batch.done)
    return batch


def _stop(actor: Actor, batch_id: UUID, state: str) -> ImportBatch:
    batch = batch_of(actor, batch_id)
    if not batch.task and state == "paused":
        raise Conflict("import.not_running")
    # What was taken back before the stop stays taken back; the rest can be taken back by beginning again.
    batch.state = "undone" if batch.task == BACK else state
    batch.task, batch.changed_at = "", now()
    batch.save(update_fields=["state", "task", "changed_at"])
    record_act(STOPPED, "import", batch.id, state=batch.state)
    return batch
