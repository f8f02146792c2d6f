"""Charts and links in words, for pages and for the API alike."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as N_

from opencen.codelists.catalogue import get_list, list_names
from opencen.kernel.actor import Actor
from opencen.records.links.graph.queries import ChartView, EdgeView, NodeView, group_of
from opencen.records.links.graph.suggesting import Suggestion
from opencen.records.links.queries import LinkView
from opencen.records.models import Record
from opencen.records.texts import translate, write_code, write_date
from opencen.records.titles import head_summary, record_title
from opencen.records.types import address_of

GROUPS = {
    "companies": N_("Companies"),
    "cases": N_("Cases"),
    "numbers": N_("Phones, accounts, numbers"),
    "conveyances": N_("Conveyances"),
    "people": N_("People"),
    "cargo": N_("Containers and bills"),
    "places": N_("Addresses"),
    "investigations": N_("Investigations"),
    "others": N_("Other records"),
}
KINDS = {
    "record:case": N_("Case"),
    "record:control": N_("Check"),
    "record:suspect": N_("Person"),
    "record:company": N_("Company"),
    "record:conveyance": N_("Conveyance"),
    "record:investigation": N_("Investigation"),
    "inline:person": N_("Person in a case"),
    "inline:company": N_("Company in a case"),
    "thing:phone": N_("Phone"),
    "thing:email": N_("E-mail"),
    "thing:account": N_("Account"),
    "thing:document": N_("Document number"),
    "thing:container": N_("Container"),
    "thing:vessel": N_("Vessel"),
    "thing:plate": N_("Plate"),
    "thing:vehicle": N_("Vehicle number"),
    "thing:wagon": N_("Wagon"),
    "thing:flight": N_("Flight"),
    "thing:bill": N_("Bill of lading"),
    "thing:parcel": N_("Parcel"),
    "thing:address": N_("Address"),
    "thing:registration": N_("Registration number"),
    "thing:website": N_("Website"),
    "thing:party": N_("Name on papers"),
}
SAME = {
    "phone": N_("same phone"),
    "email": N_("same e-mail"),
    "account": N_("same account"),
    "document": N_("same document number"),
    "container": N_("same container"),
    "vessel": N_("same vessel"),
    "plate": N_("same plate"),
    "vehicle": N_("same vehicle number"),
    "wagon": N_("same wagon"),
    "flight": N_("same flight"),
    "bill": N_("same bill of lading"),
    "parcel": N_("same parcel"),
    "address": N_("same address"),
    "registration": N_("same registration number"),
    "website": N_("same website"),
}
STANDINGS = ("mentioned", "suspected", "charged", "convicted", "cleared")


def chart_words(actor: Actor, view: ChartView) -> dict[str, Any]:
    """Write a chart as plain values with words in the actor's language."""
    language = actor.language
    kinds = {kind: kind_word(kind, language) for kind in {node.kind for node in view.nodes}}
    standings = {code: write_code("standing", code, language) for code in STANDINGS}
    roles = {role: role_word(role, language) for role in {edge.role for edge in view.edges}}
    return {
        "nodes": [node_words(node, language, kinds, standings) for node in view.nodes],
        "edges": [_edge_words(edge, roles) for edge in view.edges],
        "suggestions": [suggestion_words(found, language) for found in view.suggestions],
        "is_behind": view.is_behind,
    }


def node_words(node: NodeView, language: str, kinds: dict[str, str], standings: dict[str, str]) -> dict[str, Any]:
    """Write one node: its title, a caption beneath, and what it may be expanded by."""
    is_record = node.kind.startswith("record:") and node.record is not None
    summary = head_summary(node.record) if is_record and node.record else {}
    standing = node.standing or str(summary.get("standing") or "")
    title = record_title(node.record, language) if is_record and node.record else node.label
    return {
        "id": node.id,
        "kind": node.kind,
        "group": group_of(node.kind),
        "kind_label": kinds[node.kind],
        "title": title or kinds[node.kind],
        "reference": (node.record.reference or "") if node.record else "",
        "second": str(summary.get("other") or ""),
        "standing": standing if standing in standings else "",
        "standing_label": standings.get(standing, ""),
        "state": node.record.state if is_record and node.record else "",
        "kept_until": str(summary.get("expires_on") or ""),
        "kept_until_label": write_date(str(summary["expires_on"]), language) if summary.get("expires_on") else "",
        "day": node.day,
        "url": address_of(node.record.type, node.record.id) if node.record else "",
        "counts": node.counts,
    }


def _edge_words(edge: EdgeView, roles: dict[str, str]) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "role": roles[edge.role],
        "is_link": edge.role.startswith("link_role:"),
        "day": edge.day,
    }


def suggestion_words(found: Suggestion, language: str) -> dict[str, Any]:
    """Write a suggested link as the question that a person answers."""
    return {
        "first": str(found.first.id),
        "second": str(found.second.id),
        "first_title": name_of(found.first, language),
        "second_title": name_of(found.second, language),
        "kind": found.kind,
        "reason": translate(SAME[found.kind], language),
        "thing": found.thing,
        "label": found.label,
        "verdict": found.verdict,
    }


def link_words(link: LinkView, language: str) -> dict[str, Any]:
    """Write a link as one of its records shows it."""
    gradings = zip(_GRADINGS, link.grading, strict=True)
    return {
        "id": link.id,
        "other": _record_words(link.other, language),
        "is_first": link.is_first,
        "kind": link.kind,
        "role": link.role,
        "role_label": link_role(link, language),
        "since": link.since,
        "until": link.until,
        "grading": [write_code(name, code, language) for name, code in gradings if code],
        "source": _record_words(link.source, language) if link.source else None,
        "note": link.note,
        "state": link.state,
        "by": link.by,
        "at": link.at,
        "judgements": [{"verdict": said.verdict, "by": said.by, "at": said.at} for said in link.judgements],
    }


_GRADINGS = ("grading_source", "grading_information", "grading_handling")


def link_role(link: LinkView, language: str) -> str:
    """Say what the other record is, read from this end: the inverse role where this is the second."""
    if not link.role:
        return translate(SAME[link.kind], language) if link.kind in SAME else ""
    inverse = get_list("link_role").attribute(link.role, "inverse") if not link.is_first else None
    return write_code("link_role", str(inverse or link.role), language)


def kind_word(kind: str, language: str) -> str:
    """Name a kind of node."""
    known = KINDS.get(kind)
    return translate(known, language) if known else kind.partition(":")[2]


def role_word(role: str, language: str) -> str:
    """Name a role on an edge; what a field says by its name alone needs no word."""
    name, _, code = role.partition(":")
    if name == "thing":
        return kind_word(role, language)
    return write_code(name, code, language) if code and name in list_names() else ""


def group_words(language: str) -> dict[str, str]:
    """Name the groups under which neighbours are counted, in the order they are offered."""
    return {name: translate(word, language) for name, word in GROUPS.items()}


def name_of(record: Record, language: str) -> str:
    """Name a record in a sentence: cases by their reference, what has a name by it."""
    if record.type in ("case", "control"):
        return record.reference or record_title(record, language)
    return record_title(record, language)


def _record_words(record: Record, language: str) -> dict[str, Any]:
    return {
        "id": record.id,
        "type": record.type,
        "reference": record.reference or "",
        "title": record_title(record, language),
        "state": record.state,
        "url": address_of(record.type, record.id),
    }
