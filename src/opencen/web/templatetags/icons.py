"""Icons drawn into the page: `{% icon "ship" %}`; the set is the list in frontend/icons.txt."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Icons that point along the reading direction are mirrored in right-to-left pages.
DIRECTED = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "arrow-back-up",
        "chevron-left",
        "chevron-right",
        "login",
        "logout",
        "send",
        "share-3",
    }
    | {"file-import", "file-export", "list-details", "list-numbers", "align-left", "external-link"}
)


@cache
def read_shapes() -> dict[str, str]:
    """Read the shapes of all icons, by name."""
    text = (Path(__file__).parent / "icon_shapes.json").read_text(encoding="utf-8")
    shapes: dict[str, str] = json.loads(text)
    return shapes


@register.simple_tag
def icon(name: str, size: int = 16, label: str = "", css: str = "") -> SafeString:
    """Draw one icon; without a label it is decoration and hidden from screen readers."""
    shape = read_shapes()[name]
    classes = " ".join(filter(None, ["icon", f"icon-{size}" if size != 16 else "", css]))
    if name in DIRECTED:
        classes += " icon-directed"
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="{}" height="{}" {}>{}</svg>',
        classes,
        size,
        size,
        spoken,
        mark_safe(shape),  # noqa: S308 - the shapes are our own file, never input
    )
