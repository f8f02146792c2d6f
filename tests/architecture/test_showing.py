"""Documents reach a reader without the fields that are for others: raw ones are read by these files alone."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "opencen"
RAW = re.compile(r"\b(load_revision|documents_of|load_current)\b")

# Who reads documents whole, each with its reason: it shows none of it to anybody, or shows named core fields only.
MAY: dict[str, str] = {
    "records/documents.py": "loads them",
    "records/showing.py": "takes out what is for others",
    "records/derived.py": "feeds the derived stores, which leave such fields out",
    "records/rebuilding.py": "rebuilds the projection, which leaves such fields out",
    "records/erasure.py": "erases in all of it",
    "records/erasing_whole.py": "erases in all of it",
    "records/intake/examine.py": "keeps what the author may not see",
    "records/saved/watching.py": "compares what the text search holds",
    "records/search/store.py": "takes in what the text search holds",
    "records/search/view.py": "takes in what the text search holds",
    "records/watches/clearing.py": "looks for a standing",
    "records/links/graph/snapshot.py": "reads references and identifiers of the core",
    "records/links/graph/store.py": "reads references and identifiers of the core",
    "records/links/graph/words.py": "reads names of the core",
    "release/services.py": "sends what a profile's allow-list names",
    "analysis/facts/snapshot.py": "counts, and leaves such fields out",
    "analysis/facts/store.py": "counts, and leaves such fields out",
    "formats/reporting/choosing.py": "reports columns of the core",
    "formats/watchlists/loading.py": "compares a published list with itself",
    "seizures/gallery/store.py": "verifies the store, which holds pictures of the core",
    "seizures/gallery/queries.py": "shows pictures and captions of the core",
    "seizures/custody/queries.py": "shows lines of the core",
    "seizures/legal/queries.py": "names parties of the core",
    "seizures/small_records/parties.py": "names parties of the core",
    "seizures/findings/document_other_name.py": "compares documents of persons",
    "companies/findings/ownership_circular.py": "compares owners",
    "investigations/deconfliction.py": "compares persons, companies and phones",
    "investigations/findings/purpose_fixed.py": "compares purposes",
    "investigations/forgetting.py": "erases in all of it",
    "investigations/rule_reader.py": "compares goods and quantities with thresholds",
    "investigations/stages.py": "looks for answered fields of the core",
}


def readers_of_whole_documents() -> set[str]:
    """Return the files that load documents whole."""
    files = {str(path.relative_to(SOURCE)): path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    return {name for name, text in files.items() if RAW.search(text)}


def test_only_named_files_read_documents_whole():
    assert readers_of_whole_documents() - set(MAY) == set()


def test_no_name_in_the_table_is_stale():
    assert set(MAY) - readers_of_whole_documents() == set()
