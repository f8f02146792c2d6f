"""Names of the files of figures: what it is, which period, and the day it was made; letters of any language."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from opencen.analysis.answers import Answer
from opencen.analysis.measures.selection import Selection, write_month
from opencen.analysis.question import QUESTIONS
from opencen.kernel.clock import now

LONGEST = 80


def title_answer(answer: Answer) -> str:
    """Return what an answer is called: its figure, of a table of one's own what is counted by what."""
    title = str(QUESTIONS.get(answer.question).title)
    if not answer.details.get("row_totals"):
        return title
    down, across, value = (str(column.label) for column in answer.columns)
    return _("%(measure)s by %(rows)s and %(columns)s") % {"measure": value, "rows": down, "columns": across}


def name_file(title: str, chosen: Selection, ending: str = "") -> str:
    """Name a file after a figure, its period and today, in characters that every system stores."""
    months = [write_month(month) for month in dict.fromkeys((chosen.since, chosen.until)) if month]
    period = "_".join(months) if chosen.since and chosen.until else _("All time")
    parts = (plain_name(title), plain_name(period), now().date().isoformat())
    return f"{'-'.join(part for part in parts if part)}{f'.{ending}' if ending else ''}"


def plain_name(text: str) -> str:
    """Keep letters and digits of any script, with a dash for all that stands between them."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(one for one in composed if unicodedata.category(one) not in ("Mn", "Cf"))
    return re.sub(r"[^\w]+", "-", kept)[:LONGEST].strip("-")
