"""Returns, figures and consolidated reports."""

from django.urls import path

from lachan.reporting.views import (
    amending,
    arriving,
    consolidated,
    drafting,
    figures,
    history,
    offline,
    on_paper,
    remarks,
    returns,
    sharing,
    versions,
)

app_name = "reporting"
urlpatterns = [
    path("bao-cao/<int:obligation>/", returns.fill_in, name="return"),
    path("bao-cao/<int:obligation>/luu-nhap/", returns.save, name="save"),
    path("bao-cao/<int:obligation>/thay-doi/", returns.changes, name="changes"),
    path("bao-cao/<int:obligation>/bieu-mau.<str:kind>", offline.take_away, name="offline_file"),
    path("bao-cao/<int:obligation>/tep-da-dien/", offline.bring, name="offline"),
    path("bao-cao/<int:obligation>/tep-da-dien/luu/", offline.take, name="take_offline"),
    path("bao-cao/<int:obligation>/phan-cong/", sharing.give, name="share"),
    path("bao-cao/<int:obligation>/phan-cong/xong/", sharing.done, name="finish_share"),
    path("bao-cao/<int:obligation>/phan-cong/<int:share>/thu-hoi/", sharing.take_back, name="take_back_share"),
    path("bao-cao/<int:obligation>/gop-y/<int:remark>/tra-loi/", remarks.reply, name="reply"),
    path("bao-cao/<int:obligation>/gop-y/<int:remark>/khep-lai/", remarks.settle, name="settle"),
    path("bao-cao/<int:obligation>/ban/<int:number>/gop-y/", remarks.make, name="remark"),
    path("bao-cao/<int:obligation>/dieu-chinh/", amending.begin, name="amend"),
    path("bao-cao/<int:obligation>/dieu-chinh/thoi/", amending.drop, name="drop_amendment"),
    path("bao-cao/<int:obligation>/lich-su/", history.history, name="history"),
    path("bao-cao/<int:obligation>/ban-giay/<int:paper>", on_paper.scan, name="paper_scan"),
    path("giao-viec/<int:assignment>/xac-nhan-thay/", on_paper.receive, name="paper_receipt"),
    path("giao-viec/<int:assignment>/bao-cao-thay/", on_paper.report, name="paper_return"),
    path("bao-cao/<int:obligation>/ban/<int:number>/", versions.show, name="version"),
    path("bao-cao/<int:obligation>/ban/<int:number>/duyet/", versions.approve, name="approve"),
    path("bao-cao/<int:obligation>/ban/<int:number>/tra-lai/", versions.send_back, name="send_back"),
    path("bao-cao/<int:obligation>/ban/<int:number>/nhan/", versions.accept, name="accept"),
    path("chien-dich/<int:campaign>/bao-cao-den/", arriving.listed, name="arriving"),
    path("chien-dich/<int:campaign>/bao-cao-den/<int:assignment>/", arriving.listed, name="arriving"),
    path("chien-dich/<int:campaign>/so-lieu/", figures.table, name="figures"),
    path("chien-dich/<int:campaign>/so-lieu/<int:assignment>/", figures.table, name="figures"),
    path("chien-dich/<int:campaign>/so-lieu/<int:assignment>/thay-doi/", figures.changes, name="changed"),
    path("chien-dich/<int:campaign>/so-lieu/<int:question>/<int:assignment>/", figures.behind, name="figure"),
    path("chien-dich/<int:campaign>/so-lieu/<int:assignment>/bang.<str:kind>", figures.download, name="figures_file"),
    path("chien-dich/<int:campaign>/tong-hop/", consolidated.listed, name="reports"),
    path("chien-dich/<int:campaign>/tong-hop/<int:assignment>/", consolidated.listed, name="reports"),
    path("chien-dich/<int:campaign>/tong-hop/<int:assignment>/bat-dau/", drafting.start, name="start_report"),
    path("chien-dich/<int:campaign>/tong-hop/<int:assignment>/lap/", drafting.compose, name="compose_report"),
    path("chien-dich/<int:campaign>/tong-hop/<int:assignment>/xem-truoc/", drafting.preview, name="preview_report"),
    path(
        "chien-dich/<int:campaign>/tong-hop/<int:assignment>/y-kien/<int:question>/", drafting.opinions, name="opinions"
    ),
    path("chien-dich/<int:campaign>/tong-hop/<int:assignment>/y/<int:passage>/", drafting.passage, name="passage"),
    path("tong-hop/<int:report>/", consolidated.show, name="report"),
    path("tong-hop/<int:report>/gui/", consolidated.send_up, name="send_report"),
    path("tong-hop/<int:report>/bao-cao.<str:kind>", consolidated.download, name="report_file"),
]
