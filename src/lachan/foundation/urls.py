"""Addresses of what every part stands on."""

from django.urls import path
from django.views.i18n import set_language

from lachan.foundation import views

urlpatterns = [
    path("ngon-ngu/", set_language, name="set_language"),
    path("thiet-ke/", views.living_page, name="design"),
    path("ngoai-tuyen/", views.without_network, name="offline"),
    path("ngoai-tuyen/cai-dat/", views.install, name="offline_install"),
    path("ngoai-tuyen.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
