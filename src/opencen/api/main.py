"""The API's entrances, listed by hand."""

from __future__ import annotations

from ninja import NinjaAPI

from opencen import __version__
from opencen.api.auth import SessionActor, TokenActor
from opencen.api.problems import register_problems
from opencen.api.routes import (
    accounts,
    analysis,
    capture,
    cen,
    codelists,
    custody,
    exchange,
    exports,
    fields,
    holds,
    imports,
    investigation_settings,
    investigations,
    legal,
    links,
    log,
    media,
    merges,
    mrz,
    records,
    releases,
    reporting,
    schemas,
    searches,
    watches,
    watchlists,
)

api = NinjaAPI(
    title="OpenCEN",
    version=__version__,
    description="Everything a page does. Errors are problem+json; lists are paged by offset and limit.",
    auth=[TokenActor(), SessionActor()],
    urls_namespace="api",
    docs_url=None,
)
register_problems(api)
api.add_router("/records", records.router, tags=["records"])
api.add_router("/records", holds.router, tags=["holds"])
api.add_router("/records", releases.router, tags=["releases"])
api.add_router("", links.router, tags=["links and charts"])
api.add_router("/merges", merges.router, tags=["merges"])
api.add_router("/national-fields", fields.router, tags=["national fields"])
api.add_router("/analysis", analysis.router, tags=["analysis"])
api.add_router("/exchange", exchange.router, tags=["exchange"])
api.add_router("/log", log.router, tags=["log"])
api.add_router("/codelists", codelists.router, tags=["code lists"])
api.add_router("/imports", imports.router, tags=["imports"])
api.add_router("/cen", cen.router, tags=["releases"])
api.add_router("", reporting.router, tags=["reports and quality"])
api.add_router("/searches", searches.router, tags=["saved searches"])
api.add_router("/exports", exports.router, tags=["exports"])
api.add_router("/investigations", investigations.router, tags=["investigations"])
api.add_router("/investigations", investigation_settings.router, tags=["investigations"])
api.add_router("/custody", custody.router, tags=["custody"])
api.add_router("/legal", legal.router, tags=["legal follow-up"])
api.add_router("/media", media.router, tags=["media"])
api.add_router("/watches", watches.router, tags=["watch entries"])
api.add_router("/watchlists", watchlists.router, tags=["watchlists"])
api.add_router("/mrz", mrz.router, tags=["entry"])
api.add_router("", capture.router, tags=["entry"])
api.add_router("", accounts.router, tags=["accounts"])
api.add_router("", schemas.router, tags=["schemas"])
