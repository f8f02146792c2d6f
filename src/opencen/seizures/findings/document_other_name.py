"""One document number under two names: a forged document, an alias, or a slip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from opencen.kernel.text import fold_ascii, identifier_key
from opencen.records.documents import documents_of
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue

_MOST = 5
_CHUNK = 400


@finding_rule(
    "document.other_name",
    "warning",
    "Document {number} stands under another name in {reference}: {other}.",
    "Check the number against the document; if it is so, say which name the document shows.",
    needs_database=True,
    of_others=True,
)
def document_other_name(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare each document number with the names it stands under, in this case and in every visible one."""
    stated = {
        identifier_key(document.number): (person, document)
        for person in case.persons
        for document in person.documents
        if document.number and person.name
    }
    if not stated or not context.actor.may("case:read"):
        return
    yield from _within(case, stated)
    known = context.batch.keep("document_numbers", lambda: _look_up(case, context))
    ids = {record_id for key in stated for record_id in known.get(key, ()) if str(record_id) != context.record_id}
    if not ids:
        return
    records = list(visible_to(context.actor).filter(type="case", id__in=ids).order_by("-created_at")[:_MOST])
    documents = documents_of("case", [(record.id, record.revision) for record in records]) if records else {}
    for record in records:
        for other in documents.get(record.id, {}).get("persons", ()):
            yield from _compare(stated, other, record.reference or "")


def _look_up(case: Any, context: FindingContext) -> dict[str, set[UUID]]:
    """Find the cases behind every document number of the batch; whether one may be seen is asked when it matters."""
    models = (case, *context.batch.models)
    documents = [document for model in models for person in model.persons for document in person.documents]
    keys = sorted({identifier_key(document.number) for document in documents if document.number})
    found: dict[str, set[UUID]] = {}
    for start in range(0, len(keys), _CHUNK):
        values = IndexValue.objects.filter(path="persons.documents.number", text__in=keys[start : start + _CHUNK])
        for text, record_id in values.values_list("text", "record_id"):
            found.setdefault(text, set()).add(record_id)
    return found


def _within(case: Any, stated: dict[str, tuple[Any, Any]]) -> Iterator[Finding]:
    for person in case.persons:
        for document in person.documents:
            first = stated.get(identifier_key(document.number or ""))
            if person.name and first is not None and first[0] is not person and not _alike(first[0].name, person.name):
                yield _finding(*first, "…", person.name)


def _compare(stated: dict[str, tuple[Any, Any]], other: dict[str, Any], reference: str) -> Iterator[Finding]:
    name = other.get("name")
    for document in other.get("documents", ()):
        found = stated.get(identifier_key(document.get("number") or ""))
        if name and found is not None and not _alike(found[0].name, name):
            yield _finding(*found, reference, name)


def _finding(person: Any, document: Any, reference: str, other: str) -> Finding:
    path = f"persons[{person.id}].documents[{document.id}].number"
    data = {"number": document.number, "reference": reference, "other": other}
    return Finding("document.other_name", "warning", path, data)


def _alike(first: str, second: str) -> bool:
    """Tell whether two names are the same words in any order, one of them perhaps with more."""
    one, two = set(fold_ascii(first).split()), set(fold_ascii(second).split())
    return one <= two or two <= one
