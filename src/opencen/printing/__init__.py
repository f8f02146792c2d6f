"""Official forms on paper: what a case states, under the letterhead, as a PDF in a language of choice."""
