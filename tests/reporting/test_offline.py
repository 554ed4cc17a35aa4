"""A return filled in without a network: the file taken away, brought back, looked at, and put into the draft once."""

import io
import re
from typing import Any

import openpyxl
import pytest
from cast import hire, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from offline_forms import typed_into, written_into
from scenes import Scene, with_a_full_form

from lachan.foundation.models import AuditEntry
from lachan.orgs.models import Role
from lachan.reporting.actions import returns, sharing
from lachan.reporting.models import Obligation, Question, Table


def owed(scene: Scene) -> Obligation:
    return scene.owed(scene.cast.commune)


def address(scene: Scene, rest: str) -> str:
    return f"/bao-cao/{owed(scene).pk}/{rest}"


def taken_away(who: Client, scene: Scene, kind: str = "xlsx") -> bytes:
    answer = who.get(address(scene, f"bieu-mau.{kind}"))
    assert answer.status_code == 200
    return bytes(answer.content)


def brought(who: Client, scene: Scene, data: bytes) -> Any:
    return who.post(address(scene, "tep-da-dien/"), {"file": SimpleUploadedFile("tep.xlsx", data)})


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def confirmed(who: Client, scene: Scene, page: Any) -> Any:
    sent = re.search(r'name="sent" value="([^"]+)"', text_of(page))
    assert sent
    return who.post(address(scene, "tep-da-dien/luu/"), {"sent": sent[1]}, follow=True)


@pytest.fixture
def officer(scene: Scene) -> Client:
    return signed_in_as(scene.officer)


def filled(scene: Scene, who: Client, number: object = 15) -> bytes:
    return typed_into(taken_away(who, scene), {scene.number.key: number})


def test_the_return_leads_to_the_files(scene: Scene, officer: Client) -> None:
    assert address(scene, "tep-da-dien/") in text_of(officer.get(address(scene, "")))
    page = text_of(officer.get(address(scene, "tep-da-dien/")))
    assert address(scene, "bieu-mau.xlsx") in page
    assert address(scene, "bieu-mau.docx") in page


def test_the_file_has_the_units_name_and_what_stands_in_the_draft(scene: Scene, officer: Client) -> None:
    returns.save_draft(owed(scene), typed=scene.typed("1.250"), by=scene.officer, now=owed(scene).due_at)
    sheet = openpyxl.load_workbook(io.BytesIO(taken_away(officer, scene))).worksheets[0]
    shown = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"Đơn vị báo cáo: UBND xã Gò Cao", 1250} <= shown


def test_a_filled_file_is_shown_before_anything_is_kept(scene: Scene, officer: Client) -> None:
    page = text_of(brought(officer, scene, filled(scene, officer)))
    assert "Những ô sẽ thay đổi trong bản nháp" in page
    assert "Số buổi tuyên truyền" in page
    assert owed(scene).typed == {}


def test_a_confirmed_file_is_in_the_draft_and_in_the_audit_trail(scene: Scene, officer: Client) -> None:
    page = confirmed(officer, scene, brought(officer, scene, filled(scene, officer)))
    assert "Đã đưa 1 ô vào bản nháp." in text_of(page)
    assert owed(scene).typed == {scene.number.key: "15"}
    entry = AuditEntry.objects.get(verb="reporting.take_in_file")
    assert (entry.by_name, entry.detail["answers"]) == ("Chi", 1)


def test_a_document_comes_back_as_well(scene: Scene, officer: Client) -> None:
    with_a_full_form(scene)
    words = Question.objects.get(form__campaign=scene.campaign, text="Khó khăn, vướng mắc", withdrawn_in=None)
    data = written_into(taken_away(officer, scene, "docx"), {words.key: "Thiếu loa."}, [["Lớp A", 30]])
    confirmed(officer, scene, brought(officer, scene, data))
    rows = Question.objects.get(form__campaign=scene.campaign, kind="rows")
    assert owed(scene).typed == {words.key: "Thiếu loa.", rows.key: "Lớp A | 30"}


def test_the_same_file_twice_does_no_harm(scene: Scene, officer: Client) -> None:
    data = filled(scene, officer)
    page = brought(officer, scene, data)
    confirmed(officer, scene, page)
    returns.save_draft(owed(scene), typed=scene.typed(20), by=scene.officer, now=owed(scene).due_at)
    assert "từ trước nên không thay đổi gì" in text_of(confirmed(officer, scene, page))
    assert "Tệp này đã được đưa vào bản nháp" in text_of(brought(officer, scene, data))
    assert owed(scene).typed[scene.number.key] == "20"
    assert AuditEntry.objects.filter(verb="reporting.take_in_file").count() == 1


def test_what_a_colleague_has_typed_meanwhile_is_kept_beside_it(scene: Scene, officer: Client) -> None:
    data = filled(scene, officer)
    returns.save_draft(owed(scene), typed=scene.typed(20), by=scene.head, now=owed(scene).due_at)
    page = brought(officer, scene, data)
    assert "Có ô người khác đã sửa sau khi tải tệp" in text_of(page)
    confirmed(officer, scene, page)
    cell = owed(scene).read_draft().cells[scene.number.key]
    assert [entry.text for entry in cell.entries] == ["20", "15"]


def test_what_the_file_did_not_touch_stays(scene: Scene, officer: Client) -> None:
    data = filled(scene, officer)
    returns.save_draft(owed(scene), typed={scene.words.key: "Loa hỏng"}, by=scene.head, now=owed(scene).due_at)
    confirmed(officer, scene, brought(officer, scene, data))
    assert owed(scene).typed == scene.typed(15, "Loa hỏng")


def test_a_wrong_cell_is_told_with_a_way_to_its_answer(scene: Scene, officer: Client) -> None:
    page = text_of(brought(officer, scene, filled(scene, officer, "ba")))
    assert "(Số buổi tuyên truyền): “ba” không phải là số nguyên." in page
    assert f'href="{address(scene, f"?sua=1#id_q{scene.number.key}")}"' in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Đây không phải tệp XLSX hoặc DOCX, hoặc tệp bị hỏng."),
        (b"%PDF-1.7", "Đây không phải tệp XLSX hoặc DOCX, hoặc tệp bị hỏng."),
        (b"\xd0\xcf\x11\xe0", "Tệp ở định dạng cũ (.doc, .xls) hoặc có đặt mật khẩu."),
    ],
)
def test_another_file_is_refused_in_a_sentence(scene: Scene, officer: Client, data: bytes, said: str) -> None:
    answer = brought(officer, scene, data)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_no_file_is_asked_for(scene: Scene, officer: Client) -> None:
    answer = officer.post(address(scene, "tep-da-dien/"))
    assert answer.status_code == 422
    assert "Chọn tệp đã điền để đưa lên." in text_of(answer)


def test_the_file_of_another_unit_is_refused(scene: Scene, officer: Client) -> None:
    other = hire("Hạnh", (Role.OFFICER, scene.cast.other_commune))
    theirs = signed_in_as(other).get(f"/bao-cao/{scene.owed(scene.cast.other_commune).pk}/bieu-mau.xlsx")
    answer = brought(officer, scene, bytes(theirs.content))
    assert "Hãy chọn tệp của UBND xã Gò Cao." in text_of(answer)


def test_the_file_of_an_older_form_is_refused(scene: Scene, officer: Client) -> None:
    data = taken_away(officer, scene)
    with_a_full_form(scene)
    assert "Tệp này theo phiên bản 1 của biểu mẫu, nay đã là phiên bản 2." in text_of(brought(officer, scene, data))


def test_what_was_shown_cannot_be_changed_on_the_way(scene: Scene, officer: Client) -> None:
    answer = officer.post(address(scene, "tep-da-dien/luu/"), {"sent": "khác"})
    assert answer.status_code == 409
    assert owed(scene).typed == {}


def test_a_colleague_gets_and_brings_only_their_part(scene: Scene) -> None:
    colleague = hire("Hoa", (Role.COLLABORATOR, scene.cast.commune))
    who = signed_in_as(colleague)
    part = {"person": colleague, "questions": [scene.number.pk], "due_on": None}
    sharing.share(owed(scene), **part, by=scene.officer, now=owed(scene).due_at)  # type: ignore[arg-type]
    whole = filled(scene, signed_in_as(scene.officer))
    assert "những câu không giao cho anh/chị điền" in text_of(brought(who, scene, whole))
    confirmed(who, scene, brought(who, scene, filled(scene, who, 9)))
    assert owed(scene).typed == {scene.number.key: "9"}


@pytest.mark.parametrize("rest", ["tep-da-dien/", "bieu-mau.xlsx", "bieu-mau.docx"])
def test_it_is_for_the_unit_alone(scene: Scene, rest: str) -> None:
    other = hire("Hạnh", (Role.OFFICER, scene.cast.other_commune))
    assert signed_in_as(other).get(address(scene, rest)).status_code == 404
    assert signed_in_as(scene.district_officer).get(address(scene, rest)).status_code == 403
    assert signed_in_as(scene.district_officer).post(address(scene, "tep-da-dien/luu/")).status_code == 403


def test_another_kind_of_file_has_no_page(officer: Client, scene: Scene) -> None:
    assert officer.get(address(scene, "bieu-mau.pdf")).status_code == 404


def test_a_return_that_was_sent_up_takes_no_file(scene: Scene, officer: Client) -> None:
    page = brought(officer, scene, filled(scene, officer))
    version = returns.submit(
        owed(scene), typed=scene.typed(), request_key="one", by=scene.officer, now=owed(scene).due_at
    )
    returns.approve(version, by=scene.head, now=owed(scene).due_at)
    assert officer.get(address(scene, "tep-da-dien/")).status_code == 302
    assert "Báo cáo đã gửi cấp trên" in text_of(confirmed(officer, scene, page))
    assert owed(scene).typed[scene.number.key] == "12"


def test_the_number_of_queries_does_not_grow_with_the_form(scene: Scene, officer: Client) -> None:
    def queries() -> int:
        data = taken_away(officer, scene)
        with CaptureQueriesContext(connection) as first:
            taken_away(officer, scene)
        with CaptureQueriesContext(connection) as second:
            brought(officer, scene, data)
        return max(len(first), len(second))

    before = queries()
    with_a_full_form(scene)
    assert queries() <= before


def test_a_column_to_choose_in_is_a_list_on_the_page_and_a_drop_down_in_the_file(scene: Scene, officer: Client) -> None:
    with_a_full_form(scene)
    table = Table.objects.get(form__campaign=scene.campaign)
    table.columns[2] |= {"kind": "text", "choices": ["Tốt", "Khá"], "group": "Đánh giá"}
    table.save()
    Question.objects.filter(table=table, column="t").update(kind="text", measure="texts")
    assert '<option value="Khá">' in text_of(officer.get(address(scene, "")))
    sheet = openpyxl.load_workbook(io.BytesIO(taken_away(officer, scene))).worksheets[0]
    assert {one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"} == {"'Khóa'!$B$1:$B$2"}
    cell = str(Question.objects.filter(table=table, column="t")[0].pk)
    page = text_of(brought(officer, scene, typed_into(taken_away(officer, scene), {cell: "Vừa"})))
    assert "“Vừa” không có trong danh sách để chọn." in page
