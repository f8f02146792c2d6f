"""The weekly seizure report of the Philippine Bureau of Customs: 24 fields a case, as far as the case holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as N_

from opencen.accounts.queries import office_tree
from opencen.formats.reporting.profile import Canonical, Report, ReportColumn
from opencen.formats.reporting.subject import (
    LEGAL,
    Subject,
    day_of,
    described,
    join,
    last_status,
    legal_answers,
    name_code,
    seized_on,
    values_of,
    write_values,
)

_APPRAISED = ("appraised", "customs", "domestic")


def _every_line(_line: Canonical) -> bool:
    return True


def _officer(subject: Subject) -> str:
    """Write who apprehended: officers where names are in the report, unit and office always."""
    staff = subject.case.get("staff", ())
    office = office_tree().by_code.get(subject.case.get("office") or "")
    people = [part for member in staff for part in (member.get("officer"), member.get("unit"))]
    return join([*people, subject.case.get("unit"), office.name if office else ""])


def _of_consignments(*names: str) -> Callable[[Subject], str]:
    def read(subject: Subject) -> str:
        return join(item.get(name) for item in subject.case.get("consignments", ()) for name in names)

    return read


def _consignee(subject: Subject) -> str:
    companies = [item for item in subject.case.get("companies", ()) if item.get("role") == "consignee"]
    named = [item.get("consignee") for item in subject.case.get("consignments", ())]
    return join([*named, *(item.get("name") for item in companies), *(item.get("address") for item in companies)])


def _carrier(subject: Subject) -> str:
    names = ("name", "vessel_imo", "flight")
    return join(item.get(name) for item in subject.case.get("conveyances", ()) for name in names)


def _declared(subject: Subject) -> str:
    declared = [line.get("declared_as") for line in subject.lines]
    return join([*declared, *(item.get("declared_description") for item in subject.case.get("consignments", ()))])


def _found(subject: Subject) -> str:
    return join([*(line.get("found_as") for line in subject.lines), *described(subject)])


def _value_declared(subject: Subject) -> str:
    sums: dict[str, Decimal] = {}
    for item in subject.case.get("consignments", ()):
        if item.get("declared_value") is not None and item.get("declared_currency"):
            currency = item["declared_currency"]
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(str(item["declared_value"]))
    return write_values(sums or values_of(subject, "declared"))


def _violations(subject: Subject) -> Iterator[str]:
    for offence in subject.case.get("offences", ()):
        yield join([name_code("offence_type", offence.get("kind")), offence.get("provision")], ", ")


def _parties(role: str) -> Callable[[Subject], str]:
    def read(subject: Subject) -> str:
        every = (*subject.case.get("companies", ()), *subject.case.get("persons", ()))
        return join(item.get("name") for item in every if item.get("role") == role)

    return read


def _references(system: str) -> Callable[[Subject], str]:
    def read(subject: Subject) -> str:
        every = subject.case.get("external_references", ())
        return join(item.get("number") for item in every if item.get("system") == system)

    return read


def _acted_on(status: str) -> Callable[[Subject], str]:
    def read(subject: Subject) -> str:
        acts = (act for line in subject.lines for act in line.get("goods_status", ()))
        return join(day_of(act.get("on")) for act in acts if act.get("status") == status)

    return read


def _registry(subject: Subject) -> str:
    names = ("vessel_imo", "plate", "wagon")
    return join(item.get(name) for item in subject.case.get("conveyances", ()) for name in names)


def _legal(kind: str, *names: str) -> Callable[[Subject], str]:
    def read(subject: Subject) -> str:
        return join(legal_answers(subject, kind, *names))

    return read


def _decided(subject: Subject) -> str:
    """Write the day of the last decision; where no proceeding says one, the day the goods were forfeited."""
    decided = legal_answers(subject, "decision", "decided_on")
    return decided[-1] if decided else _acted_on("forfeited")(subject)


def _auctioned(subject: Subject) -> str:
    sold = legal_answers(subject, "auctioned", "auction_on")
    return sold[-1] if sold else _acted_on("auctioned")(subject)


def _floor_price(subject: Subject) -> str:
    acts = [answers for kind, answers, _ in subject.case.get(LEGAL, ()) if kind == "auctioned"]
    return join(
        f"{answers.get('currency', '')} {answers['floor_price']}".strip()
        for answers in acts
        if answers.get("floor_price")
    )


def _status(subject: Subject) -> str:
    """Write what became of the goods, and of the proceedings."""
    outcomes = [name_code("outcome", code) for code in legal_answers(subject, "decision", "outcome")[-1:]]
    goods = [last_status(line) for line in subject.lines]
    return join([*goods, *outcomes]) or name_code("case_state", subject.state)


_BILLS = ("bill_of_lading", "house_bill", "air_waybill", "parcel_number")
_REGISTRY = ("conveyances.vessel_imo", "conveyances.plate", "conveyances.wagon")
_SHIP = ("conveyances.name", "conveyances.vessel_imo", "conveyances.flight")
COLUMNS = (
    ReportColumn("Date of apprehension", seized_on, ("detected_at", "seized_at"), "day", is_required=True),
    ReportColumn("Apprehending officer/unit", _officer, ("staff.officer", "staff.unit", "unit"), is_required=True),
    ReportColumn("Consignee name and address", _consignee, ("consignments.consignee", "companies.address")),
    ReportColumn("Carrying vessel", _carrier, _SHIP),
    ReportColumn("Registry no.", _registry, _REGISTRY, may_be_absent=True),
    ReportColumn("B/L or AWB", _of_consignments(*_BILLS), tuple(f"consignments.{name}" for name in _BILLS)),
    ReportColumn("Goods as declared", _declared, ("lines.declared_as", "consignments.declared_description")),
    ReportColumn("Goods as found", _found, ("lines.found_as", "lines.commodity", "lines.quantity"), is_required=True),
    ReportColumn("Value declared", _value_declared, ("consignments.declared_value",)),
    ReportColumn("Appraised value", lambda s: write_values(values_of(s, *_APPRAISED)), ("lines.value.amount",)),
    ReportColumn("Violations", lambda s: join(_violations(s)), ("offences.kind", "offences.provision")),
    ReportColumn("Entry number", _of_consignments("declaration_number"), ("consignments.declaration_number",)),
    ReportColumn("Broker", _parties("broker"), ("companies.name", "persons.name")),
    ReportColumn("Customs personnel involved", _parties("corrupt_insider"), ("persons.name",)),
    ReportColumn("SI number", _references("seizure_instruction"), ("external_references.number",)),
    ReportColumn("Prosecutor", _legal("opened", "prosecutor"), ("legal.prosecutor",), may_be_absent=True),
    ReportColumn("Claimant", _legal("opened", "claimant"), ("legal.claimant",), may_be_absent=True),
    ReportColumn("Counsel", _legal("opened", "counsel"), ("legal.counsel",), may_be_absent=True),
    ReportColumn("Hearings", _legal("hearing", "on"), ("legal.hearings",), may_be_absent=True),
    ReportColumn("Date decided", _decided, ("lines.goods_status.on",), may_be_absent=True),
    ReportColumn("Date of auction", _auctioned, ("lines.goods_status.on",), may_be_absent=True),
    ReportColumn("Floor price", _floor_price, ("legal.floor_price",), may_be_absent=True),
    ReportColumn("Winning bidder", _legal("auctioned", "bidder"), ("legal.bidder",), may_be_absent=True),
    ReportColumn("Status", _status, ("lines.goods_status.status",)),
)

FORMAT = Report(
    name="philippine_weekly",
    title=N_("Philippine weekly seizure report"),
    body=N_("Bureau of Customs, Philippines"),
    columns=COLUMNS,
    includes=_every_line,
    per_line=False,
    is_internal=True,
    is_weekly=True,
)
