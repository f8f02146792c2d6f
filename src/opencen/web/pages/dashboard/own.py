"""One's own office beside the country, on the dashboard."""

from __future__ import annotations

from typing import Any

from opencen.accounts.queries import OfficeInfo, office_tree
from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import Figures
from opencen.analysis.wording import write_row
from opencen.kernel.actor import Actor
from opencen.web.pages.dashboard.links import PAGE, list_url, page_url

Panel = dict[str, Any]
GOODS_SHOWN = 6


def own_panel(figures: Figures, chosen: Selection, view: dict[str, str]) -> Panel | None:
    """Set one office beside the country: how it reports, and what it seizes where more than itself is in view.

    The office is the one chosen, else one's own; who stands above all offices and chose none has nothing to compare.
    """
    office = _meant_office(figures.actor, chosen)
    if office is None:
        return None
    whole = Selection(chosen.since, chosen.until, chosen.time, chosen.states, (), chosen.filters)
    asked = {"own": office.code}
    rates = figures.ask("office_beside_country", whole, asked)
    language = figures.actor.language
    pages = {name: page_url(whole, {PAGE: f"/analysis/figures/{name}", **asked}) for name in _FIGURES}
    panel: Panel = {
        "office": office.name,
        "has_country": rates.details["has_country"],
        "rates": [write_row(rates, row, language) for row in rates.rows],
        "rates_url": pages["office_beside_country"],
        "goods": [],
        "goods_url": pages["office_against_all"],
    }
    if _sees_others(figures.actor, office):
        goods = figures.ask("office_against_all", whole, asked)
        own = Selection(chosen.since, chosen.until, chosen.time, chosen.states, (office.code,), chosen.filters)
        for row, link in list(zip(goods.rows, goods.links, strict=True))[:GOODS_SHOWN]:
            shares = [{"value": float(value or 0), "text": text} for value, text in _shares(goods, row, language)]
            label = write_row(goods, row, language)[0]
            panel["goods"].append({"label": label, "url": list_url(own, link), "shares": shares})
    return panel


_FIGURES = ("office_beside_country", "office_against_all")


def _shares(goods: Any, row: tuple[Any, ...], language: str) -> list[tuple[Any, str]]:
    """Return the office's share and the share of all, each with its words."""
    texts = write_row(goods, row, language)
    return [(row[2], texts[2]), (row[4], texts[4])]


def _meant_office(actor: Actor, chosen: Selection) -> OfficeInfo | None:
    tree = office_tree()
    if len(chosen.offices) == 1:
        return tree.by_code.get(chosen.offices[0])
    own = tree.by_id.get(actor.office_id) if actor.office_id else None
    if own is None or chosen.offices:
        return None
    # Of who stands at the head of the tree, the own office is the country.
    return own if len(tree.below(own.id)) < len(tree.by_id) else None


def _sees_others(actor: Actor, office: OfficeInfo) -> bool:
    """Tell whether records of other offices are in view."""
    below = office_tree().below(office.id)
    return actor.office_ids is None or bool(actor.office_ids - below)
