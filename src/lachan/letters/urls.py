"""Addresses of registers and letters."""

from django.urls import path

from lachan.letters.views import drafts, letters, patterns, registers, signing

app_name = "letters"
urlpatterns = [
    path("so-van-ban/", registers.choose_book, name="books"),
    path("so-van-ban/<int:unit>/", registers.register, name="register"),
    path("so-van-ban/<int:unit>/nhan/", registers.receive, name="receive"),
    path("so-van-ban/<int:unit>/so-<slug:book>-<int:year>.xlsx", registers.export, name="export"),
    path("so-van-ban/<int:unit>/giu-so/", registers.reserve, name="reserve"),
    path("so-van-ban/<int:unit>/giu-so/<int:kept>/huy/", registers.give_up, name="give_up"),
    path("so-van-ban/<int:unit>/mau/", patterns.listed, name="patterns"),
    path("so-van-ban/<int:unit>/mau/<slug:code>/", patterns.pattern, name="pattern"),
    path("so-van-ban/<int:unit>/mau/<slug:code>/bo/", patterns.drop, name="drop_pattern"),
    path("van-ban/<int:letter>/", letters.letter, name="letter"),
    path("van-ban/<int:letter>/sua/", letters.correct, name="correct"),
    path("van-ban/<int:letter>/den/<int:unit>/", letters.arrival, name="arrival"),
    path("van-ban/<int:letter>/dung-doc/", letters.stop, name="stop_reading"),
    path("van-ban/<int:letter>/doc-lai/", letters.read_again, name="read_again"),
    path("van-ban/<int:letter>/tep-goc", letters.original, name="original"),
    path("van-ban/<int:letter>/van-ban.docx", letters.docx, name="docx"),
    path("van-ban/<int:letter>/van-ban.pdf", letters.pdf, name="pdf"),
    path("van-ban/<int:letter>/phu-luc/<int:annex>", letters.annex, name="annex"),
    path("van-ban/<int:letter>/soan/", drafts.draft, name="draft"),
    path("van-ban/<int:letter>/soan/luu/", drafts.save, name="save_draft"),
    path("van-ban/<int:letter>/soan/phu-luc/", drafts.add_annex, name="add_annex"),
    path("van-ban/<int:letter>/soan/phu-luc/<int:annex>/bo/", drafts.drop_annex, name="drop_annex"),
    path("van-ban/<int:letter>/xem-truoc/", drafts.look_over, name="look_over"),
    path("van-ban/<int:letter>/phat-hanh/", drafts.issue, name="issue"),
    path("van-ban/<int:letter>/bo-du-thao/", drafts.discard, name="discard"),
    path("van-ban/<int:letter>/trinh-ky/", signing.begin, name="begin_signing"),
    path("van-ban/<int:letter>/chu-ky/", signing.page, name="signing"),
    path("van-ban/<int:letter>/chu-ky/ky/", signing.sign, name="sign"),
    path("van-ban/<int:letter>/chu-ky/ban-da-ky/", signing.take_signed, name="take_signed"),
    path("van-ban/<int:letter>/chu-ky/rut/", signing.withdraw, name="withdraw_signing"),
    path("van-ban/<int:letter>/huy/", drafts.cancel, name="cancel"),
]
