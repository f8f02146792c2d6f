"""The control: a check, with or without a find; the denominator of every hit rate."""

from __future__ import annotations

from opencen.records.schema import CodeText, DateText, Document, stated
from opencen.records.schema import Line as Text


class Control(Document):
    """A check that found nothing, or a day's tally of such checks."""

    country: CodeText | None = stated(codelist="country")
    office: CodeText | None = stated(kind="office")
    at: DateText | None = stated()
    subject: CodeText | None = stated(codelist="control_subject")
    count: int | None = stated()
    detection_method: CodeText | None = stated(codelist="detection_method")
    technique: CodeText | None = stated(codelist="detection_technique")
    prompted_by: Text | None = stated(nominal=True)
    result: CodeText | None = stated(codelist="control_result")
    container: Text | None = stated(nominal=True, identifier="iso6346", indexed=True)
    plate: Text | None = stated(nominal=True, indexed=True)
    consignee: Text | None = stated(nominal=True, kind="party", indexed=True)
    note: Text | None = stated(nominal=True, free_text=True)
