"""English templates of what links and charts refuse."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "link.not_found": "There is no such link.",
        "link.to_itself": ("A record is not linked to itself.", "Name another record."),
        "link.verdict_unknown": ("“{value}” is no answer to a suggested link.", "Answers are {known}."),
        "link.nothing_to_undo": "Nobody has decided on this link.",
        "link.record_unknown": ("No record has the reference “{value}”.", "Write it as it stands on its page."),
        "link.role_unfit": (
            "These two records cannot stand in this role.",
            "Choose one of those that the form offers.",
        ),
        "link.order_of_dates": ("The link ends before it begins.", "Change one of the two dates."),
        "chart.not_found": "There is no such chart.",
        "chart.node_unknown": "There is nothing here to show.",
        "chart.same_ends": ("A path needs two ends.", "Choose another node."),
        "chart.too_many_nodes": ("The chart is too large.", "At most {limit} nodes: hide some."),
        "chart.too_many_saved": ("You have saved very many charts.", "At most {limit}; remove some first."),
        "chart.name_taken": ("You have a chart called “{value}” already.", "Choose another name."),
        "chart.format_unknown": "A chart does not leave as “{value}”.",
        "chart.unknown_audience": "“{value}” does not say who may see the chart.",
    }
)
