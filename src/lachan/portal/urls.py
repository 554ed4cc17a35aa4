"""The front page, inboxes, assignments, campaigns and where they stand."""

from django.urls import path

from lachan.portal.views import (
    assignments,
    campaigns,
    chasing,
    composing,
    form,
    home,
    inbox,
    passing_on,
    reminders,
    setup,
    standing,
    units,
    without_account,
    years,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("viec/", home.desks, name="desks"),
    path("viec/<int:unit>/", inbox.inbox, name="inbox"),
    path("don-vi/<int:unit>/", units.unit, name="unit"),
    path("don-vi/<int:unit>/ket-thuc/", units.end, name="end_unit"),
    path("giao-viec/<int:assignment>/", assignments.assignment, name="assignment"),
    path("giao-viec/<int:assignment>/xac-nhan/", assignments.receive, name="receive"),
    path("giao-viec/<int:assignment>/trien-khai/", passing_on.pass_on, name="pass_on"),
    path("so-van-ban/<int:unit>/soan/", composing.compose, name="compose"),
    path("van-ban/<int:letter>/lap-chien-dich/", setup.setup, name="setup"),
    path("giao-viec/van-ban/<int:dispatch>/chua-co-tai-khoan/", without_account.listed, name="without_account"),
    path("giao-viec/van-ban/<int:dispatch>/gui-thu/", without_account.mail, name="mail_letter"),
    path("giao-viec/van-ban/<int:dispatch>/ban-giay.pdf", without_account.paper, name="paper_run"),
    path("chien-dich/", campaigns.listed, name="campaigns"),
    path("chien-dich/nam/<int:year>/", years.year, name="year"),
    path("chien-dich/<int:campaign>/", campaigns.campaign, name="campaign"),
    path("chien-dich/<int:campaign>/bieu-mau/", form.form, name="form"),
    path("chien-dich/<int:campaign>/bieu-mau/muc/<str:code>/", form.item, name="form_item"),
    path("chien-dich/<int:campaign>/bieu-mau/quy-tac/", form.check, name="form_check"),
    path("chien-dich/<int:campaign>/bieu-mau/phien-ban/", form.version, name="form_version"),
    path("chien-dich/<int:campaign>/bieu-mau/xem-thu/", form.preview, name="form_preview"),
    path("chien-dich/<int:campaign>/ket-thuc/", campaigns.close, name="close_campaign"),
    path("chien-dich/<int:campaign>/don-doc/<int:assignment>/", chasing.chase, name="chase"),
    path("chien-dich/<int:campaign>/don-doc/<int:assignment>/can-goi-dien.xlsx", chasing.call_sheet, name="call_sheet"),
    path("chien-dich/<int:campaign>/nhac-han/", reminders.reminders, name="reminders"),
    path("chien-dich/<int:campaign>/tinh-hinh/", standing.standing, name="standing"),
    path("chien-dich/<int:campaign>/tinh-hinh/<int:assignment>/", standing.standing, name="standing"),
    path(
        "chien-dich/<int:campaign>/tinh-hinh/<int:assignment>/don-vi.<str:kind>",
        standing.standing_file,
        name="standing_file",
    ),
]
