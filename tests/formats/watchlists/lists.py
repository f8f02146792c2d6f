"""Small lists in the shapes that their publishers use, and a way to load one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from opencen.formats.watchlists.models import Load
from opencen.formats.watchlists.services import ask_load
from opencen.formats.watchlists.working import work_off
from opencen.kernel.actor import system_actor
from opencen.records.permissions import LOAD_LISTS

PERSON = (
    '{key},"{name}","individual","SDNTK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 16 Dec 1949; POB Basseterre, St Kitts and Nevis; Passport 03574 (United Kingdom)."\r\n'
)
SHIP = (
    '{key},"{name}","vessel","IRAN",-0- ,"HP2345",Crude Oil Tanker,"317,356","163,660",Panama,NITC,'
    '"Former Vessel Flag Malta; Vessel Registration Identification IMO 9187629; MMSI 572469210; Linked To: NITC."\r\n'
)


def sdn(count: int, *, name: str = "HEATH, Noel", more: str = "") -> bytes:
    """Make an SDN file of some persons."""
    rows = "".join(PERSON.format(key=100 + number, name=f"{name} {number}") for number in range(count))
    return f"{rows}{more}\x1a".encode()


def alt(rows: Iterable[tuple[int, int, str]] = ()) -> bytes:
    """Make an ALT file of aliases: entry, alias, name."""
    return "".join(f'{entry},{key},"aka","{name}",-0- \r\n' for entry, key, name in rows).encode() + b"\x1a"


def add(rows: Iterable[tuple[int, int, str]] = ()) -> bytes:
    """Make an ADD file of addresses: entry, address, street."""
    return (
        "".join(f'{entry},{key},"{street}","Havana","Cuba",-0- \r\n' for entry, key, street in rows).encode() + b"\x1a"
    )


def ofac(count: int = 12, **changes: Any) -> dict[str, bytes]:
    """Make the three files; every list has an alias and an address at least."""
    return {
        "sdn.csv": sdn(count, **changes),
        "alt.csv": alt([(100, 7, "HEATH, Ghost")]),
        "add.csv": add([(100, 9, "Calle 1")]),
    }


def un(persons: int = 2, *, first: str = "ERIC") -> bytes:
    """Make a consolidated list of some persons and one entity."""
    rows = "".join(
        f"<INDIVIDUAL><DATAID>{number}</DATAID><FIRST_NAME>{first}</FIRST_NAME><SECOND_NAME>BADEGE</SECOND_NAME>"
        f"<UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.{number:03d}</REFERENCE_NUMBER>"
        "<LISTED_ON>2012-12-31</LISTED_ON><NATIONALITY><VALUE>Rwanda</VALUE></NATIONALITY>"
        "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
        "</INDIVIDUAL>"
        for number in range(1, persons + 1)
    )
    entity = "<ENTITY><DATAID>900</DATAID><FIRST_NAME>M23</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE></ENTITY>"
    head = '<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'
    return f"{head}<INDIVIDUALS>{rows}</INDIVIDUALS><ENTITIES>{entity}</ENTITIES></CONSOLIDATED_LIST>".encode()


def load(format: str, files: Mapping[str, bytes], **changes: Any) -> Load:
    """Load a list as the command does."""
    return work_off(ask_load(system_actor(LOAD_LISTS), format=format, files=files, **changes))


def counts(found: Load) -> dict[str, int]:
    """Return what a load did."""
    assert found.state == "done", found.error
    names = ("added", "changed", "gone", "unchanged", "refused")
    return {name: orjson.loads(found.counts)[name] for name in names}
