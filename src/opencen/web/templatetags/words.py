"""The words that islands say, in the page's language; every page carries them in one data block."""

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


def collect_words() -> dict[str, dict[str, str]]:
    """Collect the words of each island."""
    return {
        "picker": {
            "take": _("take"),
            "tree": _("whole tree"),
            "none": _("Nothing in this list matches. Try fewer letters, or another language."),
            "noneShort": _("No match"),
            "clear": _("Clear"),
            "yours": _("yours:"),
            "looking": _("Looking …"),
            "unreachable": _("The list cannot be searched just now."),
            "left": _("“{text}” is not in the list. Choose one, or clear it."),
        },
        "record-picker": {
            "none": _("Nothing that you may see is called so. Try fewer letters, or the reference."),
        },
        "viewer": {
            "close": _("Close"),
            "next": _("Next photo"),
            "back": _("Photo before"),
            "larger": _("Larger"),
            "smaller": _("Smaller"),
            "turn": _("Turn"),
            "open": _("Open the page of this photo"),
            "of": _("of"),
        },
        "chart": {
            "failed": _("The picture could not be made."),
            "away": _("The server did not answer."),
            "refused": _("The server refused it (%(status)s)."),
            "again": _("Try again"),
        },
        "making": {
            "making": _("The file is being made: %(seconds)s s"),
            "done": _("The file is made: %(name)s"),
            "failed": _("The file could not be made."),
            "away": _("The server did not answer."),
            "again": _("Try again"),
        },
        "map": {"closer": _("Closer"), "wider": _("Wider"), "whole": _("Whole map")},
    }


@register.simple_tag
def island_words() -> SafeString:
    """Write the words as a data block, which the content security policy allows."""
    return json_script(collect_words(), "island-words")
