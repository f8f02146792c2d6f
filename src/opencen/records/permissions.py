"""What may be granted on records of any kind."""

from __future__ import annotations

from opencen.accounts.permissions import permission

SUBMIT = permission("records:submit", "Hand in records by form, file or programme")
UPLOAD_MEDIA = permission("media:upload", "Upload photos and documents")
READ_ORIGINAL = permission("media:original", "Open the original of a photo with its place and time")
RELEASE_MEDIA = permission("media:release", "Release photos in a clean copy")
MANAGE_FIELDS = permission("fields:manage", "Add and retire national fields")
LOAD_LISTS = permission("watchlist:load", "Load and refresh published watchlists")
RECEIVE = permission("records:receive", "Keep records of other nodes: the node itself")
