"""Units."""

from django.urls import URLPattern, URLResolver, include, path

from lachan.orgs.views import boundaries, carried, catalogue, lists, units

pages: list[URLPattern] = [
    path("tai-khoan/noi-dung-dang-nhap/", carried.what_was_typed, name="carried"),
    path("don-vi/", units.listed, name="units"),
    path("don-vi/danh-sach.<str:form>", units.download, name="units_file"),
    path("don-vi/<int:unit>/them/", units.found, name="found"),
    path("don-vi/<int:unit>/sua/", units.revise, name="revise"),
    path("don-vi/<int:unit>/chuyen/", units.move, name="move"),
    path("don-vi/mau-danh-sach.xlsx", lists.template, name="list_template"),
    path("don-vi/<int:unit>/nhap/", lists.bring, name="bring_list"),
    path("danh-sach-don-vi/<int:brought>/", lists.preview, name="list"),
    path("danh-sach-don-vi/<int:brought>/ghi/", lists.take, name="take_list"),
    path("danh-sach-don-vi/<int:brought>/dung/", lists.stop, name="stop_list"),
    path("danh-sach-don-vi/<int:brought>/doi-chieu/", lists.again, name="judge_list_again"),
    path("danh-sach-don-vi/<int:brought>/loi.xlsx", lists.faults, name="list_faults"),
    path("sap-xep-don-vi/", boundaries.listed, name="boundaries"),
    path("sap-xep-don-vi/can-quyet-dinh/", boundaries.waiting, name="undecided"),
    path("sap-xep-don-vi/can-quyet-dinh/<int:unit>/", boundaries.decide, name="decide"),
    path("sap-xep-don-vi/<int:change>/", boundaries.change, name="boundary_change"),
    path("sap-xep-don-vi/<int:change>/hoan-tac/", boundaries.undo, name="undo_boundary_change"),
    path("sap-xep-don-vi/<slug:event>/", boundaries.enter, name="enter_boundary_change"),
    path("loai-don-vi/", catalogue.listed, name="catalogue"),
    path("loai-don-vi/them/", catalogue.kind, name="new_kind"),
    path("loai-don-vi/<slug:code>/", catalogue.kind, name="kind"),
    path("loai-don-vi/<slug:code>/bo/", catalogue.remove_kind, name="remove_kind"),
    path("nhom-don-vi/them/", catalogue.group, name="new_group"),
    path("nhom-don-vi/<slug:code>/", catalogue.group, name="group"),
    path("nhom-don-vi/<slug:code>/bo/", catalogue.remove_group, name="remove_group"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages, "orgs")))]
