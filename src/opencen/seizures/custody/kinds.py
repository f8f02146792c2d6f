"""The kinds of acts upon an exhibit, and what each holds."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from opencen.seizures.small_records.fields import ActField, ActKind
from opencen.seizures.small_records.kinds import kinds_by_name

OUTSIDERS = (
    ("user", N_("Colleague")),
    ("laboratory", N_("Laboratory")),
    ("police", N_("Police")),
    ("court", N_("Court or prosecutor")),
    ("expert", N_("Expert")),
    ("other", N_("Other authority")),
)
DISPOSALS = (
    ("destroyed", N_("Destroyed")),
    ("auctioned", N_("Auctioned")),
    ("donated", N_("Donated")),
    ("released", N_("Returned to the owner")),
    ("re_exported", N_("Re-exported")),
    ("official_use", N_("Official use")),
    ("transferred", N_("Handed over for good")),
)
PURPOSES = (
    ("analysis", N_("Analysis")),
    ("evidence", N_("Evidence in court")),
    ("transport", N_("Transport")),
    ("storage", N_("Storage")),
    ("other", N_("Other purpose")),
)
AMOUNT = ActField("amount", N_("Weight or quantity"), "number")
UNIT = ActField("unit", N_("Unit"), "code", codelist="unit")
PRESENT = ActField("people", N_("Persons present"), "people", is_nominal=True)
RECEIPT = ActField("receipt", N_("Scanned receipt"), "media", is_nominal=True)
NOTE = ActField("note", N_("Note"), "long", is_nominal=True)
SEAL_FOUND = ActField("seal_found", N_("Seal found"))


def _needed(field: ActField) -> ActField:
    return ActField(field.name, field.label, field.kind, True, field.is_nominal, field.choices, field.codelist)


KINDS: dict[str, ActKind] = kinds_by_name(
    ActKind(
        "taken_in",
        N_("Taken in"),
        "package",
        (
            _needed(AMOUNT),
            _needed(UNIT),
            ActField("seal", N_("Seal number")),
            ActField("package", N_("Package"), "code", codelist="package_kind"),
            ActField("place", N_("Store and place")),
            ActField("description", N_("Description"), is_nominal=True),
            PRESENT,
            RECEIPT,
        ),
    ),
    ActKind(
        "weighed",
        N_("Weighed"),
        "scale",
        (
            _needed(AMOUNT),
            UNIT,
            SEAL_FOUND,
            ActField("reason", N_("Why it differs, if it does"), "long", is_nominal=True),
            PRESENT,
        ),
    ),
    ActKind("moved", N_("Moved"), "arrow-right", (ActField("place", N_("Store and place"), is_required=True), NOTE)),
    ActKind(
        "resealed",
        N_("Resealed"),
        "lock",
        (
            SEAL_FOUND,
            ActField("seal", N_("New seal number"), is_required=True),
            ActField("reason", N_("Reason"), "long", is_required=True, is_nominal=True),
            PRESENT,
        ),
    ),
    ActKind(
        "handed_over",
        N_("Handed over"),
        "send",
        (
            ActField("to", N_("To whom"), "choice", is_required=True, choices=OUTSIDERS),
            ActField("organisation", N_("Organisation or office"), is_required=True),
            ActField("receiver", N_("Name of the receiver"), is_required=True, is_nominal=True),
            ActField("purpose", N_("Purpose"), "choice", choices=PURPOSES),
            ActField("back_by", N_("To come back by"), "day"),
            AMOUNT,
            UNIT,
            RECEIPT,
            NOTE,
        ),
    ),
    ActKind(
        "came_back",
        N_("Came back"),
        "arrow-back-up",
        (
            ActField("place", N_("Store and place"), is_required=True),
            SEAL_FOUND,
            AMOUNT,
            UNIT,
            ActField("reason", N_("Why it differs, if it does"), "long", is_nominal=True),
            RECEIPT,
        ),
    ),
    ActKind(
        "sampled",
        N_("Sample taken"),
        "target",
        (
            _needed(AMOUNT),
            UNIT,
            ActField("seal", N_("Seal of the sample")),
            ActField("seal_after", N_("New seal of the exhibit")),
            PRESENT,
            NOTE,
        ),
    ),
    ActKind(
        "result",
        N_("Laboratory result"),
        "report",
        (
            ActField("laboratory", N_("Laboratory"), is_required=True),
            ActField("certificate", N_("Certificate number"), is_required=True, is_nominal=True),
            ActField("substance", N_("Substance or goods found"), "code", codelist="commodity"),
            ActField("purity", N_("Purity, per cent"), "number"),
            ActField("used", N_("Amount used up"), "number"),
            UNIT,
            RECEIPT,
            NOTE,
        ),
    ),
    ActKind(
        "inventoried",
        N_("Inventory"),
        "clipboard-list",
        (
            ActField(
                "found",
                N_("Found as recorded"),
                "choice",
                is_required=True,
                choices=(("yes", N_("Yes")), ("no", N_("No"))),
            ),
            SEAL_FOUND,
            _needed(PRESENT),
            RECEIPT,
            NOTE,
        ),
    ),
    ActKind(
        "disposed",
        N_("Disposed of"),
        "trash",
        (
            ActField("method", N_("How"), "choice", is_required=True, choices=DISPOSALS),
            _needed(AMOUNT),
            UNIT,
            ActField("is_last", N_("Nothing is left of the exhibit"), "flag"),
            ActField("order", N_("Order or decision number"), is_nominal=True),
            _needed(PRESENT),
            RECEIPT,
            NOTE,
        ),
    ),
)
