"""Bringing a list of units: preview, writing, the same file twice, and who may."""

import io
from datetime import timedelta

import openpyxl
import pytest
from cast import DAY, NOW, Cast, found, hire, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from workbooks import HEADINGS, with_a_formula, workbook

from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs import tasks
from lachan.orgs.actions import listing, rename
from lachan.orgs.models import Role, Unit, UnitList, UnitVersion

ROWS = [
    ["TH1", "Trường Tiểu học Gò Cao", "tiểu học", "xa go cao"],
    ["", "Thôn 1", "thôn", "99101"],
    ["", "Tổ công nghệ số thôn 1", "tổ công nghệ số cộng đồng", "Thôn 1"],
    ["", "Trường Lạ", "nhà hát", ""],
]


def brought(cast: Cast, data: bytes, *, root: Unit | None = None, judged: bool = True) -> UnitList:
    new, _ = listing.bring_list(
        root=root or cast.district, data=data, name="a.xlsx", applies_on=DAY, by=cast.an, now=NOW
    )
    if judged:
        listing.judge_list(new)
    return new


def taken(cast: Cast, data: bytes) -> UnitList:
    return listing.take_list(brought(cast, data), by=cast.an, now=NOW)


def verdicts(one: UnitList) -> list[str]:
    return [row.verdict for row in one.rows.all()]


def send(client, unit: Unit, data: bytes, name: str = "a.xlsx", **typed: str):
    page = f"/don-vi/{unit.pk}/nhap/"
    return client.post(page, {"file": SimpleUploadedFile(name, data), "applies_on": "10/03/2025", **typed}, follow=True)


def test_a_preview_writes_nothing(cast: Cast) -> None:
    before = Unit.objects.count()
    assert verdicts(brought(cast, workbook(ROWS))) == ["new", "new", "new", "faulty"]
    assert Unit.objects.count() == before


def test_the_faultless_rows_are_written_with_parents_first(cast: Cast) -> None:
    taken(cast, workbook(ROWS))
    team = UnitVersion.objects.get(name="Tổ công nghệ số thôn 1")
    assert team.parent is not None
    assert team.parent.name_on(DAY) == "Thôn 1"
    assert team.path.startswith(cast.commune.version_on(DAY).path)
    assert not UnitVersion.objects.filter(name="Trường Lạ").exists()


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    taken(cast, workbook(ROWS[:3]))
    before = list(UnitVersion.objects.values())
    again = taken(cast, workbook(ROWS[:3]))
    assert verdicts(again) == ["same", "same", "same"]
    assert list(UnitVersion.objects.values()) == before


def test_changes_are_written_and_told_before_and_after(cast: Cast) -> None:
    data = workbook([["99102", "Xã Gò Mới", "", "", "0237 123"]], headings=(*HEADINGS, "Điện thoại"))
    one = taken(cast, data)
    assert [(change["before"], change["after"]) for change in one.rows.get().changes] == [
        ("Xã Gò Thấp", "Xã Gò Mới"),
        ("", "0237 123"),
    ]
    cast.other_commune.refresh_from_db()
    assert (cast.other_commune.name_on(DAY), cast.other_commune.phone) == ("Xã Gò Mới", "0237 123")


def test_a_unit_moves_under_one_that_the_file_founds(cast: Cast) -> None:
    school = found("TR", "Trường Gò Cao", "primary-school", cast.commune)
    taken(cast, workbook([["", "Cụm trường", "đơn vị sự nghiệp", ""], ["TR", "Trường Gò Cao", "", "cum truong"]]))
    above = school.version_on(DAY).parent
    assert above is not None
    assert above.name_on(DAY) == "Cụm trường"


def test_nothing_is_written_when_the_units_changed_since_the_preview(cast: Cast) -> None:
    one = brought(cast, workbook([["99102", "Xã Gò Mới", "", ""]]))
    rename(cast.other_commune, name="Xã Gò Khác", on=DAY, by=cast.an, now=NOW)
    with pytest.raises(Refused, match="đã thay đổi từ lúc xem trước"):
        listing.take_list(one, by=cast.an, now=NOW)


def test_a_row_that_cannot_be_written_leaves_all_unwritten(cast: Cast) -> None:
    rename(cast.other_commune, name="Xã Gò Sau", on=DAY + timedelta(days=9), by=cast.an, now=NOW)
    one = brought(cast, workbook([["", "Thôn 1", "thôn", ""], ["99102", "Xã Gò Mới", "", ""]]))
    with pytest.raises(Refused, match=r"Dòng 3: .* đã có thay đổi từ ngày"):
        listing.take_list(one, by=cast.an, now=NOW)
    assert not UnitVersion.objects.filter(name="Thôn 1").exists()


def test_a_row_that_was_written_leads_to_its_unit(cast: Cast) -> None:
    assert taken(cast, workbook(ROWS[:2])).rows.get(number=3).unit.name_on(DAY) == "Thôn 1"


def test_a_list_is_written_once(cast: Cast) -> None:
    one = taken(cast, workbook(ROWS))
    with pytest.raises(Refused, match="không còn chờ ghi"):
        listing.take_list(one, by=cast.an, now=NOW)
    assert AuditEntry.objects.filter(verb="orgs.take_list").count() == 1


def test_a_list_is_read_with_its_progress_and_stops_when_asked(cast: Cast) -> None:
    one = brought(cast, workbook([["", f"Thôn {n}", "thôn", ""] for n in range(700)]), judged=False)
    listing.stop_list(one, by=cast.an, now=NOW)
    listing.judge_list(one)
    one.refresh_from_db()
    assert (one.state, one.done, one.rows_in_all) == ("stopped", 0, 700)
    listing.judge_again(one, by=cast.an, now=NOW)
    listing.judge_list(one)
    one.refresh_from_db()
    assert (one.state, one.done, one.rows.count()) == ("ready", 700, 700)


def test_a_long_list_that_cannot_be_written_waits_again_with_the_reason(cast: Cast) -> None:
    one = brought(cast, workbook([["99102", "Xã Gò Mới", "", ""]]))
    rename(cast.other_commune, name="Xã Gò Khác", on=DAY, by=cast.an, now=NOW)
    listing.ask_to_take(one)
    tasks.take(one, cast.an)
    one.refresh_from_db()
    assert one.state == "ready"
    assert "đã thay đổi" in one.trouble


def test_many_rows_are_judged_and_founded_in_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    lines = "\n".join(f"T{n};Thôn {n};thôn;99101" for n in range(2_000))
    one = brought(cast, f"Mã;Tên đơn vị;Loại;Trực thuộc\n{lines}".encode(), judged=False)
    with django_assert_max_num_queries(60):
        listing.judge_list(one)
        listing.take_list(one, by=cast.an, now=NOW)
    assert UnitVersion.objects.children_of(cast.commune).count() == 2_000


def test_a_coordinator_sends_a_file_and_sees_every_row(cast: Cast) -> None:
    data = workbook(ROWS, touch=lambda sheet: sheet.merge_cells("D3:D4"))
    shown = send(signed_in_as(cast.an), cast.district, data).content.decode()
    assert escape("Không có loại “nhà hát”") in shown
    new = signed_in_as(cast.an).get(f"/danh-sach-don-vi/{UnitList.objects.get().pk}/?loc=new").content.decode()
    assert "Đơn vị cấp trên: lấy từ ô gộp phía trên" in new


def test_a_formula_is_said_in_the_preview(cast: Cast) -> None:
    shown = send(signed_in_as(cast.an), cast.district, with_a_formula("Trường Gò Thấp")).content.decode()
    assert "Trường Gò Thấp" in shown
    assert "lấy kết quả công thức" in shown


def test_the_same_file_sent_twice_leads_to_the_same_preview(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    send(client, cast.district, workbook(ROWS))
    with UnitList.objects.get().file.open() as file:
        send(client, cast.district, file.read())
    assert UnitList.objects.count() == 1


def test_the_rows_are_written_by_a_press_of_the_button(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    send(client, cast.district, workbook(ROWS))
    answer = client.post(f"/danh-sach-don-vi/{UnitList.objects.get().pk}/ghi/", follow=True)
    assert "Danh sách đã ghi" in answer.content.decode()
    assert UnitVersion.objects.filter(name="Thôn 1").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00\x03", "không phải tệp bảng tính"),
        (b"", "không có dòng nào"),
        ("Tên;Ghi chú\nA;B".encode(), "Không thấy dòng tiêu đề"),
        ("Tên đơn vị;Mã".encode(), "chưa có đơn vị nào"),
        ("Tên đơn vị;Mã\nTr\u00ed".encode("latin-1", "replace"), "không dùng bảng mã Unicode"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(cast: Cast, data: bytes, words: str) -> None:
    answer = send(signed_in_as(cast.an), cast.district, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_faulty_rows_go_out_with_their_sentences_and_come_in_mended(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    send(client, cast.district, workbook(ROWS))
    answer = client.get(f"/danh-sach-don-vi/{UnitList.objects.get().pk}/loi.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    heads = [cell.value for cell in sheet[1]]
    assert "Không có loại “nhà hát”" in str(sheet.cell(2, heads.index("Lỗi cần sửa") + 1).value)
    sheet.cell(2, heads.index("Loại đơn vị") + 1).value = "thpt"
    out = io.BytesIO()
    sheet.parent.save(out)
    assert verdicts(brought(cast, out.getvalue())) == ["new"]


def test_the_template_offers_the_kinds(cast: Cast) -> None:
    answer = signed_in_as(cast.an).get("/don-vi/mau-danh-sach.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Danh sách đơn vị", "Hướng dẫn", "Loại đơn vị"]
    assert "trường mầm non" in [row[0].value for row in book["Loại đơn vị"]]
    [offered] = book["Danh sách đơn vị"].data_validations.dataValidation
    assert offered.formula1.startswith("'Loại đơn vị'!$A$1:$A$")


def test_the_list_that_goes_out_comes_in_unchanged(cast: Cast) -> None:
    out = signed_in_as(cast.an).get("/don-vi/danh-sach.xlsx", {"nhanh": cast.district.pk}).content
    assert set(verdicts(brought(cast, out))) == {"same"}


def test_a_list_changes_nothing_outside_its_branch(cast: Cast) -> None:
    assert verdicts(brought(cast, workbook([["99201", "Phường Khác", "", ""]]))) == ["faulty"]


@pytest.mark.parametrize(
    "page", ["/don-vi/{unit}/nhap/", "/danh-sach-don-vi/{list}/", "/danh-sach-don-vi/{list}/loi.xlsx"]
)
def test_lists_are_for_those_who_answer_for_the_branch(cast: Cast, page: str) -> None:
    page = page.format(unit=cast.district.pk, list=brought(cast, workbook(ROWS)).pk)
    assert signed_in_as(cast.an).get(page).status_code == 200
    assert signed_in_as(cast.binh).get(page).status_code == 403
    assert signed_in_as(hire("Em", (Role.COORDINATOR, cast.city))).get(page).status_code == 404


def test_the_price_of_a_preview_does_not_grow(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    prices = []
    for count in (2, 40):
        one = brought(cast, workbook([["", f"Thôn {count} {n}", "thôn", ""] for n in range(count)]))
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/danh-sach-don-vi/{one.pk}/")
        prices.append(len(asked))
    assert prices[0] == prices[1]
