"""Parts that enclose markup: `{% panel title=_("Goods") icon="box" count=3 %} … {% tools %} … {% endpanel %}`."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from opencen.web.templatetags.badges import LEVELS
from opencen.web.templatetags.icons import icon

register = template.Library()


class PanelNode(template.Node):
    """A panel: head with icon, title, count, note and tools; body."""

    def __init__(self, options: dict[str, FilterExpression], body: NodeList, tools: NodeList | None) -> None:
        self.options, self.body, self.tools = options, body, tools

    def render(self, context: Context) -> SafeString:
        """Write the panel around its body."""
        given: dict[str, Any] = {name: value.resolve(context) for name, value in self.options.items()}
        given["icon_name"] = given.pop("icon", "")
        panel_id, css, flush = given.pop("id", ""), given.pop("css", ""), given.pop("flush", False)
        given["tools"] = self.tools.render(context) if self.tools else ""
        given["heading_id"] = f"{panel_id}-title" if panel_id else ""
        head = render_to_string("partials/panel_head.html", given) if given.get("title") else ""
        body = self.body.render(context)
        return format_html(
            '<section class="panel {}"{}>{}{}</section>',
            css,
            format_html(' id="{}" aria-labelledby="{}-title"', panel_id, panel_id) if panel_id else "",
            mark_safe(head),  # noqa: S308 - rendered by the template engine, already escaped
            body if flush else format_html('<div class="panel-body">{}</div>', body),
        )


@register.tag("panel")
def do_panel(parser: Parser, token: Token) -> PanelNode:
    """Parse a panel: title, icon, count, note, url, url_label, id, css, flush (no padding, for tables and rows)."""
    options = token_kwargs(token.split_contents()[1:], parser)
    body = parser.parse(("tools", "endpanel"))
    tools = None
    if parser.next_token().contents == "tools":
        tools = parser.parse(("endpanel",))
        parser.delete_first_token()
    return PanelNode(options, body, tools)


class FindingNode(template.Node):
    """A finding box around markup of the page's own."""

    def __init__(self, options: dict[str, FilterExpression], body: NodeList) -> None:
        self.options, self.body = options, body

    def render(self, context: Context) -> SafeString:
        """Write the box with its icon and bold first sentence."""
        given = {name: value.resolve(context) for name, value in self.options.items()}
        level = str(given.get("level", "hint"))
        title = given.get("title", "")
        return format_html(
            '<div class="finding finding-{} {}">{}<div class="finding-body">{}{}</div></div>',
            level,
            given.get("css", ""),
            icon(str(given.get("icon") or LEVELS[level][0]), label=str(LEVELS[level][1])),
            format_html('<span class="finding-title">{}</span> ', title) if title else "",
            self.body.render(context),
        )


@register.tag("finding")
def do_finding(parser: Parser, token: Token) -> FindingNode:
    """Parse a finding box: level (error, warning, hint, ok, hold), title, icon, css."""
    options = token_kwargs(token.split_contents()[1:], parser)
    body = parser.parse(("endfinding",))
    parser.delete_first_token()
    return FindingNode(options, body)
