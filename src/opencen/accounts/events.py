"""The acts upon accounts that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

OFFICE_ADDED = act("office.added")
OFFICE_NAMED = act("office.named", "languages")
USER_ADDED = act("user.added", "office")
USER_CHANGED = act("user.changed", "fields")
PASSWORD_SET = act("user.password_set")
GRANTED = act("user.granted", "role", "office")
GRANT_ENDED = act("user.grant_ended", "role", "office")
SIGNED_IN = act("user.signed_in")
SIGNED_OUT = act("user.signed_out")
SIGN_IN_FAILED = act("user.sign_in_failed")
TOKEN_MADE = act("token.made", "scopes", "expires")
TOKEN_REVOKED = act("token.revoked")
COMPARTMENT_CHANGED = act("compartment.changed", "members")
