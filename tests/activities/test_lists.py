"""A list of activities is brought as a file: looked over, recorded, and brought again."""

import io
import re
from typing import Any

import openpyxl
import pytest
from cast import hire, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils.html import escape
from scenes import Scene

from lachan.activities.models import Activity
from lachan.orgs.models import Role

HEAD = "Ngày,Kênh,Nội dung,Số lần,Số người\n"
GOOD = HEAD + "09/03/2025,Loa truyền thanh xã,Phát tin,2,\n10/03/2025,Tuyên truyền trực tiếp,Thôn Trung,1,60\n"


def page(scene: Scene) -> str:
    return f"/hoat-dong/don-vi/{scene.cast.commune.pk}/tu-tep/"


def brought(scene: Scene, data: str | bytes, name: str = "a.csv") -> Any:
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return signed_in_as(scene.officer).post(page(scene), {"file": file, "campaign": scene.campaign.pk})


def packed_in(answer: HttpResponse) -> str:
    found = re.search(r'name="lines" value="([^"]+)"', answer.content.decode())
    return found[1] if found else ""


def confirmed(scene: Scene, answer: HttpResponse) -> Any:
    return signed_in_as(scene.officer).post(page(scene), {"lines": packed_in(answer)})


def test_looking_over_records_nothing(scene: Scene) -> None:
    assert "Ghi 2 hoạt động" in brought(scene, GOOD).content.decode()
    assert not Activity.objects.exists()


def test_what_was_looked_over_is_recorded(scene: Scene) -> None:
    confirmed(scene, brought(scene, GOOD))
    assert list(Activity.objects.order_by("id").values_list("channel", "times", "audience", "campaign")) == [
        ("loudspeaker", 2, None, scene.campaign.pk),
        ("talk", 1, 60, scene.campaign.pk),
    ]


def test_the_same_file_twice_changes_nothing(scene: Scene) -> None:
    first = brought(scene, GOOD)
    for answer in (first, first):
        confirmed(scene, answer)
    assert "Không có dòng nào mới để ghi" in brought(scene, GOOD).content.decode()
    assert Activity.objects.count() == 2


def test_two_lines_that_say_the_same_are_two_activities(scene: Scene) -> None:
    line = "09/03/2025,sms,Nhắn tin,1,\n"
    confirmed(scene, brought(scene, HEAD + line + line))
    assert Activity.objects.count() == 2


def test_good_lines_are_recorded_and_wrong_ones_named(scene: Scene) -> None:
    answer = brought(scene, GOOD + "11/03/2025,sms,Ngày mai,1,\n32/01/2025,sms,,,\n")
    text = answer.content.decode()
    assert "Ngày 11/03/2025 chưa tới." in text and "cần là một ngày" in text
    confirmed(scene, answer)
    assert Activity.objects.count() == 2


def test_merged_cells_and_formulas_of_a_workbook_are_told(scene: Scene) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ngày", "Kênh", "Số người"])
    for number in (100, None, "=1+1"):
        sheet.append(["09/03/2025", "sms", number])
    sheet.merge_cells("C2:C3")
    out = io.BytesIO()
    book.save(out)
    text = brought(scene, out.getvalue(), "a.xlsx").content.decode()
    assert "bị gộp với dòng trên" in text and "công thức chưa có kết quả" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Tệp không có dòng nào"),
        (b"MZ\x90\x00", "Đây không phải tệp bảng tính"),
        (b"Ten,Ma\nA,1\n", "Không thấy dòng tiêu đề"),
        (HEAD.encode(), "chưa có hoạt động nào"),
    ],
)
def test_a_file_that_is_no_list_is_told(scene: Scene, data: bytes, sentence: str) -> None:
    answer = brought(scene, data)
    assert answer.status_code == 422 and escape(sentence) in answer.content.decode()


def test_lines_looked_over_for_one_unit_are_not_recorded_for_another(scene: Scene) -> None:
    packed = packed_in(brought(scene, GOOD))
    other = hire("Sáu", (Role.OFFICER, scene.cast.other_commune))
    answer = signed_in_as(other).post(f"/hoat-dong/don-vi/{scene.cast.other_commune.pk}/tu-tep/", {"lines": packed})
    assert answer.status_code == 409 and not Activity.objects.exists()


def test_the_template_is_a_list_that_is_taken(scene: Scene) -> None:
    template = signed_in_as(scene.officer).get(f"{page(scene)}mau.csv").content
    assert "Ghi 1 hoạt động" in brought(scene, template).content.decode()
