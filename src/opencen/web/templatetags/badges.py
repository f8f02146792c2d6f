"""Signs of a record: its state, a person's standing, the level of a finding; never by colour alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from opencen.kernel.languages import comma
from opencen.records.texts import write_code
from opencen.web.templatetags.icons import icon

register = template.Library()

# state: word, icon, class
STATES: dict[str, tuple[str | Promise, str, str]] = {
    "draft": (_("Draft"), "pencil", "badge-draft"),
    "submitted": (_("Submitted"), "send", "badge-info"),
    "returned": (_("Returned"), "arrow-back-up", "badge-warning"),
    "validated": (_("Validated"), "check", "badge-ok"),
    "amended": (_("Amended"), "edit", "badge-amended"),
    "cancelled": (_("Cancelled"), "x", "badge-cancelled"),
    "hold": (_("Operational hold"), "lock", "badge-hold"),
}

STANDINGS: dict[str, str | Promise] = {
    "mentioned": _("Mentioned"),
    "suspected": _("Suspected"),
    "charged": _("Charged"),
    "convicted": _("Convicted"),
    "cleared": _("Cleared"),
}

# The ring fills up with the proof; "cleared" is the only one in green.
RINGS = {
    "mentioned": '<circle cx="8" cy="8" r="6.5" stroke-dasharray="1.6 1.6"/>',
    "suspected": '<circle cx="8" cy="8" r="6.5"/><path d="M8 8V1.5A6.5 6.5 0 0 1 14.5 8z" fill="currentColor"/>',
    "charged": '<circle cx="8" cy="8" r="6.5"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>',
    "convicted": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>',
    "cleared": '<circle cx="8" cy="8" r="6.5"/><path d="M5 8l2 2 4-4"/>',
}

# level: icon, word, rank
LEVELS: dict[str, tuple[str, str | Promise, int]] = {
    "hint": ("info-circle", _("Hint"), 0),
    "ok": ("circle-check", _("Done"), 0),
    "warning": ("alert-triangle", _("Warning"), 1),
    "error": ("alert-circle", _("Error"), 2),
    "hold": ("lock", _("Operational hold"), 3),
}


@register.simple_tag
def state_badge(state: str) -> SafeString:
    """Show the state of a record as icon and word."""
    word, icon_name, css = STATES[state]
    return format_html('<span class="badge {}">{}<span class="badge-word">{}</span></span>', css, icon(icon_name), word)


@register.simple_tag
def badge(text: str, tone: str = "", icon_name: str = "") -> SafeString:
    """Show a short word in a box; tone is ok, warning, error, info or plain."""
    drawn = icon(icon_name) if icon_name else ""
    return format_html('<span class="badge {}">{}{}</span>', f"badge-{tone}" if tone else "", drawn, text)


@register.simple_tag
def standing(value: str) -> SafeString:
    """Show how far the proof against somebody goes: a ring that fills, and the word."""
    name = value.rsplit(".", 1)[-1]
    if name not in RINGS:
        return format_html('<span class="standing">{}</span>', write_code("standing", value, get_language() or "en"))
    return format_html(
        '<span class="standing standing-{}"><svg class="standing-ring" viewBox="0 0 16 16" fill="none" '
        'stroke="currentColor" stroke-width="1.5" aria-hidden="true">{}</svg>{}</span>',
        name,
        mark_safe(RINGS[name]),  # noqa: S308 - our own drawing
        STANDINGS[name],
    )


@register.filter
def level_icon(level: str) -> str:
    """Return the icon of a finding's level."""
    return LEVELS[level][0]


@register.filter
def level_word(level: str) -> str:
    """Return the word of a finding's level."""
    return str(LEVELS[level][1])


@register.filter
def worst_level(findings: Sequence[Mapping[str, Any]]) -> str:
    """Return the gravest level among findings."""
    levels = [read_level(finding) for finding in findings]
    return max(levels, key=lambda level: LEVELS[level][2], default="hint")


@register.filter
def count_findings(findings: Sequence[Mapping[str, Any]]) -> str:
    """Say how many errors, warnings and hints there are."""
    levels = [read_level(finding) for finding in findings]
    counts = {level: levels.count(level) for level in ("error", "warning", "hint")}
    parts = [
        ngettext("%(number)d error", "%(number)d errors", counts["error"]) % {"number": counts["error"]},
        ngettext("%(number)d warning", "%(number)d warnings", counts["warning"]) % {"number": counts["warning"]},
        ngettext("%(number)d hint", "%(number)d hints", counts["hint"]) % {"number": counts["hint"]},
    ]
    return comma(get_language() or "en").join(part for part, level in zip(parts, counts, strict=True) if counts[level])


def read_level(finding: Mapping[str, Any] | object) -> str:
    """Read the level of a finding, whether it is a mapping or an object."""
    return str(finding["level"] if isinstance(finding, Mapping) else getattr(finding, "level", "hint"))


@register.simple_tag
def key(caps: str) -> SafeString:
    """Draw a key cap; the page lists what it presses under `?`."""
    return format_html('<kbd class="cap" aria-hidden="true">{}</kbd>', caps)
