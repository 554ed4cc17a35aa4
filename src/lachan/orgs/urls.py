"""Signing in and out, units, and people with their roles."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from lachan.orgs.views import catalogue, lists, people, units

# Of allauth's pages only those for people whose account already exists.
account_pages: list[URLPattern] = [
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

pages: list[URLPattern] = [
    path("tai-khoan/", people.me, name="me"),
    path("tai-khoan/noi-dung-dang-nhap/", people.what_was_typed, name="carried"),
    path("don-vi/", units.listed, name="units"),
    path("don-vi/danh-sach.<str:form>", units.download, name="units_file"),
    path("don-vi/<int:unit>/them/", units.found, name="found"),
    path("don-vi/<int:unit>/sua/", units.revise, name="revise"),
    path("don-vi/<int:unit>/chuyen/", units.move, name="move"),
    path("don-vi/<int:unit>/giao-vai-tro/", people.give_role, name="give_role"),
    path("vai-tro/<int:grant>/ket-thuc/", people.end_role, name="end_role"),
    path("don-vi/mau-danh-sach.xlsx", lists.template, name="list_template"),
    path("don-vi/<int:unit>/nhap/", lists.bring, name="bring_list"),
    path("danh-sach-don-vi/<int:brought>/", lists.preview, name="list"),
    path("danh-sach-don-vi/<int:brought>/ghi/", lists.take, name="take_list"),
    path("danh-sach-don-vi/<int:brought>/dung/", lists.stop, name="stop_list"),
    path("danh-sach-don-vi/<int:brought>/doi-chieu/", lists.again, name="judge_list_again"),
    path("danh-sach-don-vi/<int:brought>/loi.xlsx", lists.faults, name="list_faults"),
    path("loai-don-vi/", catalogue.listed, name="catalogue"),
    path("loai-don-vi/them/", catalogue.kind, name="new_kind"),
    path("loai-don-vi/<slug:code>/", catalogue.kind, name="kind"),
    path("loai-don-vi/<slug:code>/bo/", catalogue.remove_kind, name="remove_kind"),
    path("nhom-don-vi/them/", catalogue.group, name="new_group"),
    path("nhom-don-vi/<slug:code>/", catalogue.group, name="group"),
    path("nhom-don-vi/<slug:code>/bo/", catalogue.remove_group, name="remove_group"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include(account_pages)),
    path("", include((pages, "orgs"))),
]
