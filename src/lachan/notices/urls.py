"""One's notices, and how one wishes to get them."""

from django.urls import path

from lachan.notices import views

app_name = "notices"
urlpatterns = [
    path("thong-bao/", views.listed, name="listed"),
    path("thong-bao/chuong/", views.bell, name="bell"),
    path("thong-bao/da-doc/", views.read_all, name="read_all"),
    path("thong-bao/<int:notice>/", views.follow, name="follow"),
    path("thong-bao/<int:notice>/da-doc/", views.read, name="read"),
    path("thong-bao/ngung-thu/<str:token>/", views.stop_mail, name="stop_mail"),
    path("tai-khoan/thong-bao/", views.wishes, name="wishes"),
]
