"""The words of this room's refusals and acts; the sentences of its rules stand with the rules."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "investigation.not_found": "There is no such investigation, or it is not for you to see.",
        "investigation.closed": ("The investigation is closed.", "Reopen it first, with the reason."),
        "investigation.not_closed": "The investigation is not closed.",
        "investigation.lead_only": ("This is for the lead of the investigation and the deputies.", "Ask one of them."),
        "investigation.person_unknown": ("There is no such person in this service.", "Choose somebody of the list."),
        "investigation.person_closed": "The account of {name} is closed.",
        "investigation.person_role": (
            "{name} has no role that reads investigations.",
            "An administrator can grant the role of an investigator.",
        ),
        "investigation.person_office": (
            "{name} does not see records of {office}.",
            "An administrator can grant a role over that office.",
        ),
        "investigation.person_clearance": "The clearance of {name} is too low for this investigation.",
        "investigation.person_outside": (
            "{name} is not in the team and would not see the task.",
            "Take {name} into the team first, or choose a member.",
        ),
        "investigation.team_role": ("“{value}” is no part in a team.", "There are a lead, deputies and officers."),
        "investigation.team_lead": ("An investigation always has a lead.", "Name another lead first."),
        "investigation.team_large": ("The team is too large.", "At most {limit} at the start."),
        "investigation.team_tasks": (
            "{count} open tasks are still this member's.",
            "End them or give them to others first.",
        ),
        "investigation.member_unknown": "Nobody of that name is in the team now.",
        "investigation.task_unknown": "There is no such task.",
        "investigation.task_ended": ("The task was ended already.", "Give a new one where more is to be done."),
        "investigation.task_state": "A task is done or dropped.",
        "investigation.entry_kind": "“{value}” does not say what kind of entry it is.",
        "investigation.entry_future": ("The log tells what has happened.", "Choose a time that has passed."),
        "investigation.entry_unknown": "There is no such entry to correct.",
        "investigation.link_twice": "That record is linked already.",
        "investigation.link_itself": "An investigation is not linked to itself.",
        "investigation.link_unknown": "There is no such link.",
        "investigation.stage_unknown": ("There is no other stage “{value}” on this way.", "Choose one of the list."),
        "investigation.stage_moved": (
            "Somebody moved the investigation to another stage meanwhile.",
            "Look at it again before moving on.",
        ),
        "investigation.stage_lacks": (
            "Before that stage something is still to be stated: {fields}.",
            "Amend it first.",
        ),
        "investigation.close_outcome": ("The outcome is not stated yet.", "Amend the investigation first."),
        "investigation.close_own": (
            "You stated the outcome yourself.",
            "Another member of the team closes the investigation.",
        ),
        "investigation.close_tasks": ("{count} tasks are still open.", "End them or drop them first."),
        "investigation.template_unknown": "There is no template “{value}”.",
        "investigation.template_unreadable": ("The template cannot be read.", "It says: {said}"),
        "investigation.template_name": (
            "“{value}” is no name for a template or a stage.",
            "Use small letters, digits and underscores.",
        ),
        "investigation.template_area": ("“{value}” is no offence area.", "Choose a code of the list."),
        "investigation.template_stages": ("A template has stages.", "From one to {limit}, each under [[stage]]."),
        "investigation.template_twice": "Two stages have the same key.",
        "investigation.template_days": ("Days are a whole number.", "From 1 to {limit}; leave it out for no deadline."),
        "investigation.template_field": ("“{value}” is no field of an investigation.", "Write it as in the schema."),
        "investigation.template_lacks": "The template does not say its {name}.",
        "investigation.template_used": "Investigations in stage “{value}” go by this template; keep that stage.",
        "investigation.rule_unknown": "There is no such rule.",
        "investigation.rule_twice": "There is a rule called “{value}” already.",
        "investigation.rule_goods": ("“{value}” is no kind of goods.", "Choose a code of the list."),
        "investigation.rule_quantity": ("The threshold is no quantity.", "A number above nought, with its unit."),
        "investigation.opening_unknown": "Nothing waits there to be opened.",
        "investigation.rule_blind": "Who leads by this rule cannot see the case.",
        "investigation.date_needed": "A day is missing or cannot be read.",
    }
)
