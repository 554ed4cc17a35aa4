"""Signing in and out, one's own account, and the people of a unit."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.providers.saml import views as saml
from django.urls import URLPattern, URLResolver, include, path, re_path

from lachan.accounts.views import coming, leaving, listed, offline, own, people, sign_on

# Of allauth's pages only those for people whose account already exists.
account_pages: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),  # says that an account is given, not taken
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

factor_pages: list[URLPattern | URLResolver] = [
    path("", factors.index, name="mfa_index"),
    path("authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkey/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkey/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkey/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkey/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkey/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkey/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

# What other servers answer to. The way out is accounts:sign_on.
sign_on_pages: list[URLPattern | URLResolver] = [
    path("oidc/<str:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
    path("saml/<str:organization_slug>/acs/", saml.acs, name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", saml.finish_acs, name="saml_finish_acs"),
    path("saml/<str:organization_slug>/sls/", saml.sls, name="saml_sls"),
    path("saml/<str:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
]

pages: list[URLPattern] = [
    path("tai-khoan/", own.me, name="me"),
    path("tai-khoan/co-quan/<str:way>/", sign_on.start, name="sign_on"),
    path("tai-khoan/phien/", own.sessions, name="sessions"),
    path("tai-khoan/phien/<int:session>/ket-thuc/", own.end_session, name="end_session"),
    path("tai-khoan/phien/con-lai/", own.left, name="left"),
    path("tai-khoan/phien/ket-thuc-phien-khac/", own.end_other_sessions, name="end_other_sessions"),
    path("ngoai-tuyen/phien/", offline.session, name="offline_session"),
    path("ngoai-tuyen/mang-theo/", offline.pack, name="offline_pack"),
    path("don-vi/<int:unit>/nguoi/", people.people, name="people"),
    path("don-vi/<int:unit>/nguoi/<int:person>/", people.person, name="person"),
    path("don-vi/<int:unit>/giao-vai-tro/", people.give_role, name="give_role"),
    path("don-vi/<int:unit>/moi-danh-sach/", people.invite_list, name="invite_list"),
    path("don-vi/<int:unit>/nguoi/<int:person>/dat-lai-hai-lop/", people.reset_factors, name="reset_factors"),
    path("don-vi/<int:unit>/nguoi/<int:person>/roi-don-vi/", leaving.leave, name="leave"),
    path("don-vi/<int:unit>/nguoi/<int:person>/moi-lai/", people.send_again, name="send_again"),
    path("don-vi/<int:unit>/nguoi/<int:person>/thu-hoi-loi-moi/", people.withdraw, name="withdraw"),
    path("danh-sach-don-vi/<int:brought>/moi-can-bo/", listed.invite_listed, name="invite_listed"),
    path("loi-moi/<str:key>/", coming.accept, name="accept"),
    path("vai-tro/<int:grant>/ket-thuc/", people.end_role, name="end_role"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include(account_pages)),
    path("tai-khoan/hai-lop/", include(factor_pages)),
    path("tai-khoan/", include(sign_on_pages)),
    path("", include((pages, "accounts"))),
]
