"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "release.held": "An operational hold is in force: nothing of this case leaves before its end.",
        "release.no_hub": "No hub is known to this node. An administrator adds it with its card.",
        "release.not_validated": "Only a validated case leaves. It waits for a second person.",
        "release.revision_not_validated": (
            "The newest revision is not validated yet. A second person validates it first."
        ),
        "release.flag_undecided": (
            "A flagged place of the narrative is undecided. Decide it, or send without the narrative."
        ),
        "release.sent_already": "This revision was sent to this recipient already.",
        "upload.not_found": "There is no such upload, or it is not for you to see.",
        "upload.day": ("The case cannot have been uploaded on {on}.", "Choose a day since the workbook was made."),
        "upload.number": ("The number of the other system is missing or too long.", "At most {limit} characters."),
        "profile.unknown": "There is no release profile “{name}”.",
        "act.record.released": "Revision {revision} sent to {recipient} by {by}",
        "act.record.uploaded": "Uploaded to {system} by {by}",
    }
)
