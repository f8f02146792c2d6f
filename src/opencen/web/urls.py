"""Every page on one screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from opencen.web.pages import capture, case, cases, components, dashboard, home, media, release, review, sign_in

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
    path("cases", cases.case_list, name="cases"),
    path("cases/<uuid:case_id>", case.case_page, name="case"),
    path("cases/<uuid:case_id>/compare", case.compare_page, name="compare"),
    path("cases/<uuid:case_id>/hold", case.set_hold, name="set_hold"),
    path("cases/<uuid:case_id>/hold/<uuid:hold_id>/end", case.end_hold, name="end_hold"),
    path("cases/<uuid:case_id>/cancel", case.cancel, name="cancel"),
    path("cases/<uuid:case_id>/erase", case.erase, name="erase"),
    path("cases/<uuid:case_id>/release", release.release_page, name="release"),
    path("review", review.review_page, name="review"),
    path("review/batch", review.validate_sample, name="validate_sample"),
    path("review/<uuid:case_id>", review.decide, name="decide"),
    path("capture/<slug:kind>/new", capture.new_entry, name="new_entry"),
    path("capture/<slug:kind>/<uuid:record_id>", capture.edit_entry, name="edit_entry"),
    path("media/<str:sha256>/<slug:size>", media.show, name="media"),
    path("controls", cases.control_list, name="controls"),
    path("analysis", dashboard.dashboard, name="dashboard"),
    path("analysis/figures/<slug:name>.<slug:format>", dashboard.figure_download, name="figure_download"),
    path("components", components.show_components, name="components"),
]
