"""English templates of the rooms below the records, of the search, and of what an administrator meets."""

from __future__ import annotations

_Template = str | tuple[str, str]

ACCOUNTS: dict[str, _Template] = {
    "compartment.unknown": "There is no such closed group.",
    "grant.unknown": "There is no such grant.",
    "office.code_shape": (
        "“{value}” is no office code.",
        "Use two to eight capital letters and digits, a letter first.",
    ),
    "office.country_shape": ("“{value}” is no country code.", "Use two capital letters."),
    "office.code_taken": "There is an office with the code “{value}” already.",
    "password.same": ("The new password is the old one.", "Choose another."),
    "password.weak": ("The password is too weak.", "{reasons}"),
    "role.unknown": ("There is no role “{value}”.", "Roles are {roles}."),
    "token.days": ("A token holds for at most {limit} days.", "Choose fewer."),
    "token.scopes": ("A token cannot do more than you may.", "You hold {held}."),
    "token.unknown": "There is no such token.",
    "user.clearance": ("A clearance is a number.", "From 0 to {limit}."),
    "user.language_unknown": "There is no language “{value}” here.",
    "user.name_shape": (
        "“{value}” cannot be a name to sign in with.",
        "Use three to sixty-four small letters, digits, dots and hyphens.",
    ),
    "user.own_account": "You cannot close your own account.",
    "user.time_zone_unknown": "There is no time zone “{value}”.",
    "user.name_taken": "There is a user called “{value}” already.",
    "user.unknown": "There is no such user.",
}

FIELDS: dict[str, _Template] = {
    "field.codelist_unknown": "There is no code list “{value}”.",
    "field.exists": "There is a field called “{name}” there already.",
    "field.group_unknown": "There is no group “{value}” to add a field to.",
    "field.kind_unknown": ("“{value}” is no kind of field.", "Kinds are {kinds}."),
    "field.name_shape": ("“{value}” is no field name.", "Use small letters, digits and underscores."),
    "field.audience_unknown": "“{value}” is no permission that can be granted.",
    "field.required_of_few": (
        "An answer cannot be required in a field that not everybody sees.",
        "Let everybody see it, or do not require it.",
    ),
    "field.place_unknown": "There is no field “{value}” in this group to stand behind.",
    "field.condition_unknown": (
        "The condition on “{value}” does not fit this field.",
        "Name a field of the same group or of one around it, and one of: is, under, present.",
    ),
    "merge.for_others": (
        "The later statement holds answers that you may not see.",
        "Ask somebody who sees the whole record to decide.",
    ),
    "field.required_unknown": "“{value}” does not say whether an answer is required.",
}

SEARCH: dict[str, _Template] = {
    "search.not_counted": "“{name}” cannot be counted.",
    "search.too_deep": ("The list does not go that far.", "Narrow it by a filter: at most {limit} are shown."),
    "search.date_unreadable": (
        "“{value}” is no date that the search reads.",
        "Write 2026, 2026-03 or 2026-03-15; a range as 2026-01..2026-03.",
    ),
    "search.too_many_born": ("Too many people were born then to list them all.", "Add a name, or ask for fewer years."),
    "search.number_unreadable": ("“{value}” is no number.", "Write 60, <60, >60 or 20..60."),
    "search.too_long": ("The search is too long.", "At most {limit} characters."),
    "search.too_many_words": ("The search has too many words.", "At most {limit}."),
    "search.not_found": "There is no such saved search.",
    "search.too_many_saved": ("You have saved very many searches.", "At most {limit}; remove some first."),
    "search.too_many": (
        "The list is too long to be handed out at once.",
        "At most {limit}: narrow it, or ask for a download.",
    ),
    "search.unknown_audience": "“{value}” does not say who may use the search.",
    "search.unknown_filter": "There is no filter “{name}”.",
    "search.unknown_sort": "A list cannot be put in order by “{value}”.",
}

SYSTEM: dict[str, _Template] = {
    "backup.file_differs": "A file of the backup is not what its list says.",
    "backup.manifest_unreadable": "The list of the backup's content cannot be read.",
    "backup.program_failed": ("The program {program} failed.", "It said: {said}"),
    "backup.program_missing": ("The program {program} is not installed.", "Install the database's client programs."),
    "backup.truncated": "The backup is cut off.",
    "backup.unexpected_member": "The backup holds a file that does not belong there.",
    "backup.unknown_format": "The backup was written in the format “{format}”, which is not known here.",
    "backup.unreadable": "The backup cannot be read.",
    "storage.full": ("The disk is full; nothing of this was stored.", "Tell the administrator, then try again."),
    "storage.busy": ("The database is held by another program.", "Try again in a moment."),
    "log.national_only": "The whole log is for those who see every office.",
    "text.too_long": ("The text is too long.", "At most {limit} characters."),
    "request.too_many": ("Too many requests.", "Try again in {seconds} seconds."),
    "request.session_only": ("This needs a person who has signed in.", "A token is not enough."),
    "request.invalid": "The request does not have the documented shape.",
    "measure.unknown": "There is no measure “{name}”.",
    "job.unknown": "There is no job “{name}”.",
    "packaged list.unknown": "There is no packaged list “{name}”.",
    "key.exists": "There is a key in {directory} already.",
    "key.not_found": "There is no key in {directory}.",
    "key.unreadable": "The key cannot be read.",
}

PRINTING: dict[str, _Template] = {
    "print.unknown_form": (
        "There is no form of this name.",
        "The report of the seizure, or the inventory of goods",
    ),
    "print.too_long": "The form took longer than {seconds} seconds to set.",
    "print.failed": "The form could not be set.",
    "language.unknown": ("“{value}” is not a language of this installation.", "Choose one from the list"),
}

SUBJECTS: dict[str, _Template] = {
    "zone.meant": "It was {would_be}",
    "kept.review_offer": "Look again on {meant}",
    "record.link_unknown": (
        "{field}: there is no such record, or it is not for you to see.",
        "Choose one that you can open, or state the name alone.",
    ),
    "record.not_erasable": (
        "Only this node's record about one person, company or means of transport is erased as a whole."
    ),
    "act.record.erased_whole": "Erased as a whole by {by}",
}

ROOMS: dict[str, _Template] = {**SUBJECTS, **ACCOUNTS, **FIELDS, **PRINTING, **SEARCH, **SYSTEM}
