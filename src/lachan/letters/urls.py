"""Addresses of registers and letters."""

from django.urls import path

from lachan.letters import views

app_name = "letters"
urlpatterns = [
    path("so-van-ban/", views.books, name="books"),
    path("so-van-ban/<int:unit>/", views.register, name="register"),
    path("so-van-ban/<int:unit>/nhan/", views.receive, name="receive"),
    path("van-ban/<int:letter>/", views.letter, name="letter"),
    path("van-ban/<int:letter>/sua/", views.correct, name="correct"),
    path("van-ban/<int:letter>/dung-doc/", views.stop, name="stop_reading"),
    path("van-ban/<int:letter>/doc-lai/", views.read_again, name="read_again"),
    path("van-ban/<int:letter>/tep-goc", views.original, name="original"),
    path("van-ban/<int:letter>/van-ban.docx", views.docx, name="docx"),
    path("van-ban/<int:letter>/van-ban.pdf", views.pdf, name="pdf"),
]
