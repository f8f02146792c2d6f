"""The acts of this room that the log knows: ids, stages and counts, never what an investigation is about."""

from __future__ import annotations

from opencen.log.acts import act

OPENED = act("investigation.opened", "template", "how", "compartment")
RULE_OPENED = act("investigation.opened_by_rule", "rule", "problem")
TEAM_CHANGED = act("investigation.team_changed", "user", "role", "ended")
TASK_GIVEN = act("investigation.task_given", "task", "assignee")
TASK_ENDED = act("investigation.task_ended", "task", "state")
NOTED = act("investigation.noted", "entry", "kind")
LINKED = act("investigation.linked", "link", "type", "record")
UNLINKED = act("investigation.unlinked", "link", "type", "record")
STAGE_MOVED = act("investigation.stage_moved", "stage", "before")
DEADLINE_SET = act("investigation.deadline_set", "due")
CLOSED = act("investigation.closed", "result")
REOPENED = act("investigation.reopened")
OVERLAP_FOUND = act("investigation.overlap_found", "kind")
NOTICES_SEEN = act("investigation.notices_seen", "count", reads=True)
PRINTED = act("investigation.printed", "language", reads=True)
TEMPLATE_SET = act("investigation.template_set", "name")
RULE_SET = act("investigation.rule_set", "rule", "on")
