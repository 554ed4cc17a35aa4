"""Units."""

from django.urls import URLPattern, URLResolver, include, path

from lachan.orgs import views

pages: list[URLPattern] = [
    path("tai-khoan/noi-dung-dang-nhap/", views.what_was_typed, name="carried"),
    path("don-vi/", views.units, name="units"),
    path("don-vi/<int:unit>/", views.unit, name="unit"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages, "orgs")))]
