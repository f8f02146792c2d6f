"""The spine: documents, revisions, intake, findings, states, media and derived stores."""
