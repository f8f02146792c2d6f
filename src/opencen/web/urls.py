"""Every page on one screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from opencen.web.pages import cases, components, sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("language", sign_in.language, name="language"),
    path("theme", sign_in.theme, name="theme"),
    path("account", sign_in.account, name="account"),
    path("account/password", sign_in.password, name="password"),
    path("account/tokens", sign_in.make_token, name="make_token"),
    path("account/tokens/<uuid:token_id>/revoke", sign_in.revoke_token, name="revoke_token"),
    path("cases", cases.case_list, name="cases"),
    path("controls", cases.control_list, name="controls"),
    path("components", components.show_components, name="components"),
]
