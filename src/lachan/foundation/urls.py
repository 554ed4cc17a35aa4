"""Addresses of what every part stands on."""

from django.urls import path
from django.views.i18n import set_language

from lachan.foundation import views

urlpatterns = [
    path("ngon-ngu/", set_language, name="set_language"),
    path("thiet-ke/", views.living_page, name="design"),
]
