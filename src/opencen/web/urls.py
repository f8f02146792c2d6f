"""Every page on one screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from opencen.web.databases import needs
from opencen.web.pages import capture, case, cases, components, dashboard, home, imports, media, release, review, sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("language", sign_in.language, name="language"),
    path("theme", sign_in.theme, name="theme"),
    path("account", sign_in.account, name="account"),
    path("account/password", sign_in.password, name="password"),
    path("account/tokens", sign_in.make_token, name="make_token"),
    path("account/tokens/<uuid:token_id>/revoke", sign_in.revoke_token, name="revoke_token"),
    path("", home.home, name="home"),
    path("help", home.help_page, name="help"),
    path("cases", needs("case", cases.case_list), name="cases"),
    path("cases/<uuid:case_id>", needs("case", case.case_page), name="case"),
    path("cases/<uuid:case_id>/compare", needs("case", case.compare_page), name="compare"),
    path("cases/<uuid:case_id>/hold", needs("case", case.set_hold), name="set_hold"),
    path("cases/<uuid:case_id>/hold/<uuid:hold_id>/end", needs("case", case.end_hold), name="end_hold"),
    path("cases/<uuid:case_id>/cancel", needs("case", case.cancel), name="cancel"),
    path("cases/<uuid:case_id>/erase", needs("case", case.erase), name="erase"),
    path("cases/<uuid:case_id>/release", needs("case", release.release_page), name="release"),
    path("review", needs("case", review.review_page), name="review"),
    path("review/batch", needs("case", review.validate_sample), name="validate_sample"),
    path("review/<uuid:case_id>", needs("case", review.decide), name="decide"),
    path("capture/<slug:kind>/new", capture.new_entry, name="new_entry"),
    path("capture/<slug:kind>/<uuid:record_id>", capture.edit_entry, name="edit_entry"),
    path("media/<str:sha256>/<slug:size>", media.show, name="media"),
    path("controls", needs("control", cases.control_list), name="controls"),
    path("analysis", needs("case", dashboard.dashboard), name="dashboard"),
    path("analysis/figures/<slug:name>.<slug:format>", needs("case", dashboard.figure_download), name="figure_download"),
    path("import", imports.import_page, name="import"),
    path("import/upload", imports.upload, name="import_upload"),
    path("import/template/<slug:kind>", imports.template, name="import_template"),
    path("import/<uuid:batch_id>/columns", imports.columns_page, name="import_columns"),
    path("import/<uuid:batch_id>/progress", imports.progress, name="import_progress"),
    path("import/<uuid:batch_id>/result", imports.result_page, name="import_result"),
    path("import/<uuid:batch_id>/act/<slug:name>", imports.act, name="import_act"),
    path("import/<uuid:batch_id>/rows/<int:number>", imports.repair, name="import_repair"),
    path("import/<uuid:batch_id>/workbook", imports.workbook, name="import_workbook"),
    path("<slug:kind>s/export", imports.export_list, name="export_list"),
    path("components", components.show_components, name="components"),
]
