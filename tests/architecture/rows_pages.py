"""Rows of the pages."""

from __future__ import annotations

from tests.architecture import rows_investigations
from tests.architecture.entrances import CONTAINER
from tests.architecture.table import READY, Row, uploaded

ALL = "302 200 200 200 200 200"
GONE = "302 302 302 302 302 302"
CASE = "/cases/<uuid:case_id>"
FIGURE = (("name", "cases_by_section"), ("format", "csv"))
SECTIONS = (("name", "cases_by_section"),)
BOOK = (("format", "xlsx"),)
REMOVE = (("name", "remove"),)
REPORT = (("name", "philippine_weekly"), ("format", "csv"))
ADMINISTRATOR = "302 403 403 403 403 200"
MERGE = {"path": "unit", "choice.0": "later", "revision": "2"}
FIELD = {"act": "add", "place": "case:", "name": "risk", "kind": "text", "label_en": "Risk"}
CODE = {"act": "add", "code": "tn:import.souk", "maps_to": "import", "label_en": "Souk"}
HOLD = {"kind": "clean", "authority": "Court", "reason": "r", "until": "2999-01-01T00:00"}

MOVED = {"place": "Store 2"}
ACTED = (("name", "moved"),)
STAGED = (("name", "staged"),)  # of the legal follow-up
LEGAL_PAPER = (("act_id", "legal_act_id"),)
REVIEWED = "case|suspect|company|conveyance"
MARKED = {"kind": "redaction", "marks": "[[5, 5, 10, 10]]"}  # of the gallery
DOWNLOAD = {"kind": "case", "format": "csv", "query": "q=a"}
SEARCH = {"kind": "case", "name": "Mine", "query": f"q={CONTAINER}", "audience": "all", "follows": "1"}

ROWS = [
    Row("GET /healthz", "200 200 200 200 200 200"),
    Row("GET /readyz", "200 200 200 200 200 200"),
    Row("POST /exchange/v1/packets", "422 422 422 422 422 422"),
    Row("GET /api/schemas/<slug:type>.json", "401 200 200 200 200 200", "case"),
    Row("GET /api/v1/", "404 404 404 404 404 404"),
    Row("GET /sign-in", "200 200 200 200 200 200"),
    Row("POST /sign-in", "401 401 401 401 401 401", body={"username": "nobody", "password": "nothing"}),
    Row("POST /sign-out", GONE),
    Row("POST /language", GONE, body={"language": "fr"}),
    Row("POST /theme", GONE, body={"theme": "dark"}),
    Row("GET /", ALL),
    Row("GET /help", ALL),
    Row("GET /components", ALL),
    Row("GET /account", ALL),
    Row("GET /account/password", ALL),
    Row("POST /account/password", GONE, body={"password": "a better one for all"}),
    Row("POST /account/tokens", ALL, body={"name": "x", "scopes": ["account:own"], "days": "9"}),
    Row("POST /account/tokens/<uuid:token_id>/revoke", "302 404 404 404 404 404"),
    Row("GET /cases", "302 200 200 200 200 403", "case", query=f"q={CONTAINER}&state=submitted"),
    Row("GET /controls", "302 200 200 200 200 403", "control"),
    Row("GET /controls/<uuid:control_id>", "302 404 200 200 200 404", "control"),
    Row(f"GET {CASE}", "302 404 200 200 200 404", "case"),
    Row(f"GET {CASE}/print/<slug:form>.pdf", "302 404 200 200 200 404", "case", values=(("form", "inventory"),)),
    Row(f"GET {CASE}/compare", "302 404 200 200 200 404", "case", query="before=1&after=1"),
    Row(f"POST {CASE}/hold", "302 404 403 403 302 403", "case", body=HOLD),
    Row(f"POST {CASE}/hold/<uuid:hold_id>/end", "302 404 403 403 302 403", "case"),
    Row(f"POST {CASE}/cancel", "302 404 403 403 403 403", "case", body={"reason": "double"}),
    Row(f"POST {CASE}/erase", "302 404 403 403 403 403", "case", body={"items": ["p1"], "basis": "order"}),
    Row(f"POST {CASE}/uploads/<uuid:upload_id>", "302 404 403 403 302 403", "case", uploaded),
    Row(f"GET {CASE}/release", "302 404 403 403 200 403", "case"),
    Row(f"POST {CASE}/release", "302 404 403 403 302 403", "case", {"act": "send", "revision": "1"}, values=READY),
    Row(f"GET {CASE}/photos/<str:item>", "302 404 200 200 200 404", "case"),
    Row(f"POST {CASE}/photos/<str:item>", "302 404 403 302 302 404", "case", body={"caption": "gallery"}),
    Row(f"POST {CASE}/photos/<str:item>/mark", "302 404 403 302 302 404", "case", body=MARKED),
    Row(f"GET {CASE}/legal", "302 404 200 200 200 403", "case"),
    Row(f"POST {CASE}/legal", "302 404 403 403 403 403", "case", body={"stage": "referred"}),
    Row("GET /legal", "302 200 200 200 200 403", "case"),
    Row("POST /legal/<uuid:proceeding_id>/acts/<slug:name>", "302 404 403 403 403 403", "case", values=STAGED),
    Row("GET /legal/papers/<uuid:act_id>", "302 404 200 200 200 403", "case", values=LEGAL_PAPER),
    Row("GET /gallery", "302 200 200 200 200 403", "case"),
    Row("GET /gallery/side", "302 200 200 200 200 403", "case"),
    Row(f"GET {CASE}/custody", "302 404 200 200 200 403", "case"),
    Row(f"POST {CASE}/custody", "302 404 403 302 403 403", "case", body={"amount": "1", "unit": "kg"}),
    Row(f"GET {CASE}/custody/labels", "302 404 200 200 200 403", "case"),
    Row(f"GET {CASE}/custody/labels.pdf", "302 404 200 200 200 403", "case"),
    Row("GET /custody", "302 200 200 200 200 403", "case"),
    Row("POST /custody", "302 422 403 422 403 403", "case", body={"act": "moved", "value": "x", "label": "y"}),
    Row("GET /custody/<uuid:exhibit_id>", "302 404 200 200 200 403", "case"),
    Row("POST /custody/<uuid:exhibit_id>/acts/<slug:name>", "302 404 403 302 403 403", "case", MOVED, values=ACTED),
    Row("GET /custody/receipts/<uuid:act_id>", "302 404 200 200 200 403", "case"),
    Row("GET /administration/custody", ADMINISTRATOR, "case"),
    Row("POST /administration/custody", "302 403 403 403 403 302", "case", body={"commodity": "drugs"}),
    Row("GET /review", "302 200 403 403 200 403", REVIEWED),
    Row("POST /review/batch", "302 302 403 403 302 403", REVIEWED, {"batch": "x"}),
    Row("POST /review/<uuid:case_id>", "302 404 403 403 302 403", REVIEWED, {"act": "validate", "revision": "1"}),
    Row("GET /capture/worker.js", "302 200 200 200 200 200"),
    Row("GET /capture/shell/<slug:language>", "302 200 200 200 200 200", values=(("language", "en"),)),
    Row("GET /capture/<slug:kind>/new", "302 200 403 200 200 403", "case"),
    Row("GET /capture/<slug:kind>/<uuid:record_id>", "302 404 403 200 200 404", "case"),
    Row("GET /media/<str:sha256>/<slug:size>", "302 404 200 200 200 404"),
    Row("GET /analysis", "302 200 200 200 200 403", "case"),
    Row("GET /analysis/figures/<slug:name>.<slug:format>", "302 200 200 200 200 403", "case", values=FIGURE),
    Row("GET /analysis/figures/<slug:name>/picture", "302 200 200 200 200 403", "case", values=SECTIONS),
    Row("GET /analysis/figures", "302 200 200 200 200 403", "case"),
    Row("GET /analysis/figures/<slug:name>", "302 200 200 200 200 403", "case", values=SECTIONS),
    Row("GET /analysis/cell", "302 200 200 200 200 403", "case", query="all=1&in=section:drugs"),
    Row("GET /analysis/counting", "302 200 200 200 200 403", "case"),
    Row("GET /analysis/report", "302 200 200 200 200 403", "case"),
    Row("GET /analysis/report.<slug:format>", "302 200 200 200 200 403", "case", values=BOOK),
    Row("POST /analysis/saved", "302 302 302 302 302 403", "case", body={"name": "x", "address": "/analysis/report"}),
    Row("POST /analysis/saved/order", "302 204 204 204 204 403", "case", body={"order": ""}),
    Row("POST /analysis/saved/<uuid:saved_id>/<slug:name>", "302 404 404 404 404 403", "case", values=REMOVE),
    Row("GET /analysis/made/<uuid:made_id>", "302 404 404 404 404 403", "case"),
    Row("GET /analysis/freezes", "302 200 200 200 200 403", "case"),
    Row("POST /analysis/freezes", "302 422 422 422 422 403", "case", body={"act": "freeze", "name": "x"}),
    Row("GET /analysis/freezes/<uuid:freeze_id>", "302 404 404 404 404 403", "case"),
    Row("GET /quality", "302 200 200 200 200 403", "case"),
    Row("POST /quality", "302 422 403 422 422 403", "case", body={"act": "relate", "first": "x"}),
    Row("GET /reports", "302 200 403 403 200 403", "case"),
    Row("GET /reports/<slug:name>", "302 200 403 403 200 403", "case", values=REPORT),
    Row("GET /reports/<slug:name>.<slug:format>", "302 200 403 403 200 403", "case", values=REPORT),
    Row("GET /<slug:place>/export", "302 200 403 403 200 403", "case", query=f"format=jsonl&q={CONTAINER}"),
    Row("GET /downloads", ALL),
    Row("POST /downloads/new", "302 302 403 403 302 403", "case", DOWNLOAD),
    Row("POST /downloads/<uuid:download_id>/cancel", "302 404 403 403 404 403"),
    Row("GET /downloads/<uuid:download_id>/file", "302 404 404 404 404 404"),
    Row("GET /searches", ALL),
    Row("POST /searches", "302 302 302 302 302 403", "case", SEARCH),
    Row("POST /searches/seen", GONE),
    Row("POST /searches/<uuid:search_id>/<slug:name>", "302 404 404 302 404 404", "case", values=(("name", "follow"),)),
    Row("GET /import", "302 200 403 200 200 403"),
    Row("POST /import/upload", "302 422 403 422 422 403"),
    Row("GET /import/statistics", "302 200 200 200 200 403"),
    Row("GET /import/statistics/<uuid:source_id>", "302 404 404 404 404 403"),
    Row("POST /import/statistics/<uuid:source_id>/remove", "302 404 403 404 404 403"),
    Row("GET /import/template/<slug:kind>", "302 200 403 200 200 403", "case"),
    Row("GET /import/<uuid:batch_id>/columns", "302 404 403 404 404 403"),
    Row("POST /import/<uuid:batch_id>/columns", "302 404 403 404 404 403"),
    Row("GET /import/<uuid:batch_id>/progress", "302 404 403 404 404 403"),
    Row("GET /import/<uuid:batch_id>/result", "302 404 403 404 404 403"),
    Row("POST /import/<uuid:batch_id>/act/<slug:name>", "302 422 422 422 422 422", values=(("name", "store"),)),
    Row("POST /import/<uuid:batch_id>/rows/<int:number>", "302 422 422 422 422 422"),
    Row("GET /import/<uuid:batch_id>/workbook", "302 404 403 404 404 403"),
    Row("GET /merges", ALL),
    Row("GET /merges/<uuid:task_id>", "302 404 403 200 200 404", "case"),
    Row("POST /merges/<uuid:task_id>", "302 404 403 302 302 404", "case", MERGE),
    Row("GET /exchange", "302 200 200 403 200 403"),
    Row("GET /exchange/cen", "302 200 403 403 200 403", "case"),
    Row("POST /exchange/cen", "302 409 403 403 200 403", "case"),
    Row("POST /exchange/outbox/<uuid:packet_id>/retry", "302 404 403 403 302 403"),
    Row("GET /administration", "302 200 200 403 200 200"),
    Row("GET /administration/users", ADMINISTRATOR),
    Row("POST /administration/users", "302 403 403 403 403 422", body={"act": "nothing"}),
    Row("GET /administration/users/<uuid:user_id>", ADMINISTRATOR),
    Row("POST /administration/users/<uuid:user_id>", "302 403 403 403 403 302", body={"act": "close"}),
    Row("GET /administration/offices", ADMINISTRATOR),
    Row("POST /administration/offices", "302 403 403 403 403 302", body={"act": "add", "code": "GAB", "name": "Gabes"}),
    Row("GET /administration/fields", ADMINISTRATOR),
    Row("POST /administration/fields", "302 403 403 403 403 302", body=FIELD),
    Row("GET /administration/codelists", ADMINISTRATOR),
    Row("POST /administration/codelists", "302 403 403 403 403 422", body={"act": "load"}),
    Row("GET /administration/codelists/<slug:name>", ADMINISTRATOR),
    Row("POST /administration/codelists/<slug:name>", "302 403 403 403 403 302", body=CODE),
    Row("GET /administration/partners", ADMINISTRATOR),
    Row("POST /administration/partners", "302 403 403 403 403 422", body={"act": "add", "card": "{"}),
    Row("GET /administration/audit", "302 403 200 403 403 200"),
    Row("POST /administration/audit", "302 403 200 403 403 200", body={"act": "verify"}),
    *rows_investigations.PAGES,
]
