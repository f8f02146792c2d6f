"""The acts of the legal follow-up that the log knows: ids and codes, never a name.

`legal.standing` tells every reader of the log what a decision means for a person or company of a case: rooms above
end watch entries, ask for a review and queue corrections where somebody was cleared.
"""

from __future__ import annotations

from opencen.log.acts import act

OPENED = act("legal.opened", "proceeding", "number")
RECORDED = act("legal.recorded", "proceeding", "number", "kind", "corrects")
STANDING = act("legal.standing", "proceeding", "item", "standing")
READ_PAPER = act("legal.paper_read", "proceeding", reads=True)
