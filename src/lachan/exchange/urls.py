"""Packages and partners."""

from django.urls import path

from lachan.exchange.views import envelopes, packages, partners

app_name = "exchange"
urlpatterns = [
    path("lien-thong/", packages.desks, name="desks"),
    path("lien-thong/<int:unit>/", packages.desk, name="desk"),
    path("lien-thong/<int:unit>/nhap/", packages.bring, name="bring"),
    path("lien-thong/<int:unit>/co-quan/", partners.listed, name="partners"),
    path("lien-thong/<int:unit>/ma-dinh-danh/", envelopes.code, name="agency_code"),
    path("van-ban/<int:letter>/truc-lien-thong/", envelopes.crossing, name="crossing"),
    path("van-ban/<int:letter>/truc-lien-thong/thu-hoi/", envelopes.recall, name="recall"),
    path("van-ban/<int:letter>/truc-lien-thong/tinh-trang/", envelopes.steps, name="steps"),
    path("lien-thong/co-quan/<int:partner>/ngung/", partners.end, name="end_partner"),
    path("tong-hop/<int:report>/goi/", packages.pack, name="pack"),
    path("lien-thong/goi-di/<int:sent>/goi.zip", packages.sent_file, name="sent_file"),
    path("lien-thong/goi-den/<int:taken>/", packages.taken, name="taken"),
    path("lien-thong/goi-den/<int:taken>/<str:name>", packages.taken_file, name="taken_file"),
]
