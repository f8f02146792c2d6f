"""Samples of every part of the pages, with invented content: what the page of the design system shows."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

# token: contrast on the surface, as measured for the light theme
COLOURS = [
    ("ink", "16.5"),
    ("ink-2", "7.3"),
    ("ink-3", "5.5"),
    ("control", "3.6"),
    ("accent", "7.4"),
    ("accent-bg", "6.4"),
    ("error", "7.5"),
    ("warning", "7.5"),
    ("ok", "7.3"),
]


def sample_findings() -> list[dict[str, Any]]:
    """Give one finding of each level."""
    return [
        {
            "level": "error",
            "label": _("Container"),
            "title": _("Check digit does not fit."),
            "detail": _("For 302681 it would be 0."),
            "url": "#field-container",
        },
        {
            "level": "warning",
            "label": _("Why selected"),
            "title": _("8.24 million sticks do not fit a van."),
            "detail": _("Change it, or give the reason."),
            "url": "#field-selected",
        },
        {
            "level": "hint",
            "label": _("Seal"),
            "title": _("Seal number helps here:"),
            "detail": _("it is compared with the manifest."),
            "url": "#field-seal",
        },
    ]


def sample_hold() -> dict[str, Any]:
    """Give an operational hold."""
    return {
        "level": "hold",
        "title": _("Operational hold:"),
        "detail": _("nothing leaves before 25 Nov 2026, 18:00."),
    }


def sample_facet() -> dict[str, Any]:
    """Give a facet with a chosen option."""
    return {
        "name": "section",
        "label": _("Section"),
        "clear_url": "#",
        "more_url": "#",
        "options": [
            {"label": _("Drugs"), "count": 871, "url": "#", "selected": True},
            {"label": _("Cannabis"), "count": 412, "url": "#", "depth": 1},
            {"label": _("Tobacco, alcohol, fuel"), "count": 702, "url": "#"},
            {"label": _("Unknown"), "count": 17, "url": "#"},
        ],
    }


def sample_rows() -> list[dict[str, Any]]:
    """Give rows of a table of cases."""
    return [
        {
            "reference": "TN-RDS-2026-000318",
            "title": _("Cocaine, 78.17 kg, in the cooling unit of a reefer container"),
            "place": "Radès",
            "state": "amended",
            "quantity": "78.17",
            "selected": True,
        },
        {
            "reference": "TN-BIZ-2026-000092",
            "title": _("Gold, 2.4 kg, in baggage"),
            "place": "Bizerte",
            "state": "submitted",
            "quantity": "2.4",
        },
        {
            "reference": "TN-SFA-2026-000163",
            "title": _("Counterfeit spare parts, 1,210"),
            "place": "Sfax",
            "state": "returned",
            "quantity": "1210",
        },
    ]


def sample_route() -> dict[str, Any]:
    """Give the route of a case for the map."""

    def place(name: str, note: str, at: tuple[float, float], role: str, country: str = "") -> dict[str, Any]:
        return {"name": name, "note": note, "lat": at[0], "lon": at[1], "role": role, "country": country}

    return {
        "kind": "route",
        "places": [
            place("Guayaquil", _("left 19 Oct"), (-2.28, -79.91), "departure", "EC"),
            place(_("Panama Canal"), _("passed 23 Oct"), (9.08, -79.68), "waypoint"),
            place("Algeciras", "7–9 Nov", (36.13, -5.44), "transit", "ES"),
            place("Radès", _("found 12 Nov"), (36.8, 10.27), "found", "TN"),
        ],
        "legs": [
            {"from": 0, "to": 1, "by": "sea"},
            {"from": 1, "to": 2, "by": "sea"},
            {"from": 2, "to": 3, "by": "sea"},
        ],
    }


def sample_corridors() -> dict[str, Any]:
    """Give corridors to and from one country, near ones among them."""
    far = [("CN", 83), ("EC", 14), ("BR", 9), ("NG", 18), ("AE", 38), ("PK", 21), ("NL", 26), ("DE", 19)]
    near = [("DZ", 188), ("LY", 141), ("MA", 96), ("TR", 64), ("FR", 47)]
    names = {
        "CN": _("China"),
        "EC": _("Ecuador"),
        "BR": _("Brazil"),
        "NG": _("Nigeria"),
        "AE": _("UAE"),
        "PK": _("Pakistan"),
        "NL": _("Netherlands"),
        "DE": _("Germany"),
        "DZ": _("Algeria"),
        "LY": _("Libya"),
        "MA": _("Morocco"),
        "TR": _("Türkiye"),
        "FR": _("France"),
        "IT": _("Italy"),
    }
    flows = [{"from": code, "to": "TN", "value": value, "label": names[code]} for code, value in far + near]
    flows.append({"from": "TN", "to": "IT", "value": 77, "label": names["IT"]})
    rows = sorted(flows, key=lambda flow: float(str(flow["value"])), reverse=True)
    return {
        "kind": "flow",
        "title": _("Corridors"),
        "note": _("seizures with a known departure or destination"),
        "table": {
            "columns": [{"label": _("Corridor")}, {"label": _("Seizures"), "num": True}],
            "rows": [{"cells": [f"{flow['label']} – {_('Tunisia')}", flow["value"]], "url": "#"} for flow in rows],
        },
        "home": "TN",
        "flows": flows,
        "shares": dict([*far, *near, ("IT", 77)]),
        "inset": {"title": _("Mediterranean"), "box": [-12, 27, 42, 48]},
        "legend": {"to": _("to Tunisia"), "from": _("from Tunisia"), "width": _("width: seizures")},
    }


def sample_points() -> dict[str, Any]:
    """Give points of a search, some as vague as a region."""
    spots = [
        ("TN-RDS-2026-000318", 36.8, 10.27, 0),
        ("TN-RDS-2026-000311", 36.8, 10.28, 0),
        ("TN-SFA-2026-000163", 34.73, 10.76, 0),
        ("TN-RDJ-2026-001207", 33.14, 11.56, 0),
        ("TN-TOZ-2026-000044", 33.9, 8.1, 60),
    ]
    points = [{"label": name, "lat": lat, "lon": lon, "radius_km": km, "url": "#"} for name, lat, lon, km in spots]
    return {
        "kind": "points",
        "title": _("Where it was found"),
        "points": points,
        "table": {"columns": [{"label": _("Case")}], "rows": [{"cells": [name], "url": "#"} for name, *_rest in spots]},
    }


def sample_months() -> dict[str, Any]:
    """Give cases and seizures by month, with last year and who reported."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"]
    cases = [198, 205, 222, 241, 231, 219, 188, 212, 240, 240]
    seizures = [251, 266, 297, 321, 308, 287, 240, 281, 310, 343]
    last = [186, 201, 219, 236, 229, 222, 220, 219, 222, 229]
    reported = [21, 21, 21, 21, 21, 20, 17, 20, 21, 18]
    return {
        "kind": "months",
        "title": _("Cases and seizures by month"),
        "series": [
            {"name": _("cases"), "values": cases},
            {"name": _("seizures"), "values": seizures},
        ],
        "last": {"name": _("cases 2025"), "values": last},
        "categories": [{"label": month, "url": f"#{month}"} for month in months],
        "reported": {"values": reported, "of": 21},
    }


def sample_bars() -> dict[str, Any]:
    """Give the bars of one column of the operational panel."""
    rows = [
        (_("Airport"), 338, False),
        (_("Land boundary"), 291, False),
        (_("Seaport"), 142, False),
        (_("Mail centre"), 121, False),
        (_("Unknown"), 17, True),
    ]
    return {
        "kind": "bars",
        "title": _("Location"),
        "total": 1012,
        "rows": [{"label": label, "value": value, "hatched": hatched, "url": "#"} for label, value, hatched in rows],
    }


def sample_grid() -> dict[str, Any]:
    """Give a heat grid with an unreported cell."""
    return {
        "kind": "grid",
        "title": _("Section by location"),
        "columns": [_("Airport"), _("Land bound."), _("Seaport"), _("Unknown")],
        "rows": [
            {"label": _("Drugs"), "values": [338, 291, 142, 17], "urls": ["#", "#", "#", "#"]},
            {"label": _("Tobacco, alcohol, fuel"), "values": [96, 604, 88, 13], "urls": ["#", "#", "#", "#"]},
            {"label": _("Money"), "values": [164, 93, 24, 0], "urls": ["#", "#", "#", "#"]},
            {"label": _("Security"), "values": [11, 42, None, 0], "urls": ["#", "#", None, "#"]},
        ],
    }


def sample_codes() -> dict[str, Any]:
    """Give a small code list for the picker."""

    def code(name: str, en: str, fr: str, parent: str = "", uses: int = 0) -> dict[str, Any]:
        return {"code": name, "labels": {"en": en, "fr": fr}, "parent": parent, "uses": uses}

    return {
        "list": "commodity",
        "version": _("valid on 12 Nov 2026"),
        "language": "en",
        "codes": [
            code("drugs", "Drugs", "Stupéfiants"),
            code("drugs.cannabis", "Cannabis", "Cannabis", "drugs"),
            code("drugs.cannabis.resin", "Cannabis resin", "Résine de cannabis", "drugs.cannabis", 41),
            code("drugs.cannabis.oil", "Liquid, oil", "Huile de résine", "drugs.cannabis", 3),
            code("drugs.cocaine", "Cocaine", "Cocaïne", "drugs", 12),
            code("environment", "Environment", "Environnement"),
            code("environment.flora", "Flora", "Flore", "environment"),
            code("environment.flora.agarwood", "Agarwood resin", "Bois d’agar", "environment.flora"),
        ],
    }


def sample_photo(name: str) -> str:
    """Return the address of a drawn photo."""
    return static(f"samples/{name}.svg")


def sample_parts() -> dict[str, Any]:
    """Give the page of the design system everything it shows."""
    return {
        "colours": COLOURS,
        "states": ["draft", "submitted", "returned", "validated", "amended", "cancelled", "hold"],
        "standings": ["mentioned", "suspected", "charged", "convicted", "cleared"],
        "findings": sample_findings(),
        "hold": sample_hold(),
        "differences": [
            {"label": _("Quantity"), "before": _("86.42 kg gross"), "after": _("78.17 kg net")},
            {"label": _("Transit"), "before": "", "after": _("Algeria")},
            {"label": _("Container"), "before": "OCLU 302681 9", "after": "OCLU 302618 9", "mono": True},
        ],
        "facet": sample_facet(),
        "chips": [
            {"label": _("State"), "value": _("validated"), "remove_url": "#"},
            {"label": "", "value": _("Jan – Oct 2026"), "remove_url": "#"},
        ],
        "columns": [
            {"label": _("Case"), "sort_url": "#"},
            {"label": _("State")},
            {"label": _("Quantity, kg"), "num": True, "sort_url": "#", "sorted": "descending"},
        ],
        "rows": sample_rows(),
        "pages": {"first": 51, "last": 100, "total": 2196, "previous_url": "#", "next_url": "#"},
        "filled": [_("Seizure"), _("Tunisia"), _("Radès port, container unit"), _("Seaport")],
        "code_path": [_("Drugs"), _("Cannabis")],
        "tiles": [
            {"label": _("Rows in the file"), "value": "4,118", "note": _("= the sum to the right")},
            {"label": _("Stored"), "value": "4,000", "tone": "ok", "icon": "check", "url": "#"},
            {"label": _("Refused"), "value": "118", "tone": "error", "icon": "x", "url": "#"},
        ],
        "tabs": [
            {"href": "#part-colour", "label": _("Colour")},
            {"href": "#part-findings", "label": _("Findings"), "count": 4},
            {"href": "#part-tables", "label": _("Table")},
            {"href": "#part-maps", "label": _("Maps and charts")},
        ],
        "photos": [
            {"caption": _("Bricks behind fan panel"), "url": "#", "leaves": True, "thumb_url": sample_photo("bricks")},
            {"caption": _("Duplicate seal"), "url": "#", "leaves": False, "thumb_url": sample_photo("seal")},
            {"caption": _("Cover load"), "url": "#", "leaves": None},
        ],
        "steps": [
            {"label": _("File"), "state": "done"},
            {"label": _("Columns"), "state": "current"},
            {"label": _("Dry run"), "state": "waiting"},
        ],
        "stages": [
            {"name": _("Suspected"), "value": _("about 80 kg"), "note": "12 Nov 06:20"},
            {"name": _("Weighed"), "value": "86.42 kg", "note": _("gross, 06:58")},
            {"name": _("Laboratory"), "value": "78.17 kg", "note": _("net, purity 81.3 %"), "counts": True},
        ],
        "timeline": [
            {
                "icon": "pencil",
                "text": _("Revision 4 by R. Kefi: standing of one person"),
                "when": "17 Nov 2026, 15:20",
                "differences": [{"label": _("Person 2, standing"), "before": _("suspected"), "after": _("cleared")}],
            },
            {"icon": "send", "tone": "info", "text": _("Hub accepted revision 3"), "when": "15 Nov 2026, 09:12"},
            {"icon": "check", "tone": "ok", "text": _("Validated by H. Mansour"), "when": "14 Nov 2026, 16:02"},
        ],
        "route": sample_route(),
        "corridors": sample_corridors(),
        "points": sample_points(),
        "months": sample_months(),
        "bars": sample_bars(),
        "grid": sample_grid(),
        "codes": sample_codes(),
    }
