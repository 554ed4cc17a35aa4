"""The editor of a campaign's report form: add, change, move, take back; two people at once; a new version after the start."""

import html
import re
from typing import Any

import pytest
from cascades import DUE
from cast import signed_in_as
from django.test import Client
from django.utils.timezone import localtime

from lachan.reporting.actions import editing
from lachan.reporting.models import Form, Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def editor(scene: Any) -> Client:
    return signed_in_as(scene.coordinator)


def at(scene: Any, rest: str = "") -> str:
    return f"/chien-dich/{scene.campaign.pk}/bieu-mau/{rest}"


def texts() -> list[str]:
    return [one.text for one in editing.in_editor(Form.objects.get()).questions()]


def typed(**more: Any) -> dict[str, Any]:
    """A question as its page posts it."""
    return {"text": "Số người nghe", "kind": "whole", "measure": "sum", "beyond": "ask", "counted_in": "người", **more}


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_every_item_is_listed_with_its_settings(editor: Client, scene: Any) -> None:
    page = editor.get(at(scene)).content.decode()
    assert "Số buổi tuyên truyền" in page
    assert "số nguyên · cộng · buổi · bắt buộc · mọi đơn vị" in page


def test_a_question_is_added(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed(help_text="Tính cả buổi lồng ghép.", maximum="1.000,5"))
    added = list(editing.in_editor(Form.objects.get()).questions())[-1]
    assert (added.text, added.counted_in, str(added.maximum)) == ("Số người nghe", "người", "1000.5")


def filled_from() -> Any:
    return list(editing.in_editor(Form.objects.get()).questions())[-1].filled_from


def test_a_number_is_suggested_by_its_words_and_the_list_says_how(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed(text="Số buổi phát thanh"))
    page = editor.get(at(scene)).content.decode()
    assert "gợi ý từ hoạt động: số buổi, lượt phát, bài đăng (tùy kênh) · Loa truyền thanh xã" in page


def test_what_activities_suggest_is_chosen_and_shown_again(editor: Client, scene: Any) -> None:
    chosen = {"filled_sum": "minutes", "filled_channels": ["loudspeaker", "mobile"], "filled_audiences": ["elderly"]}
    editor.post(at(scene, "muc/cau-hoi/"), typed(text="Số lượt phát thanh", **chosen))
    assert filled_from() == {"sum": "minutes", "channels": ["loudspeaker", "mobile"], "audiences": ["elderly"]}
    page = editor.get(at(scene, "muc/3/"))
    assert {name: page.context["bound"][name].value() for name in chosen} == chosen
    assert "theo lời câu hỏi (số buổi, lượt phát, bài đăng (tùy kênh) · Loa truyền thanh xã)" in page.content.decode()


def test_another_wording_keeps_what_was_chosen(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed(filled_sum="never"))
    page = editor.get(at(scene, "muc/3/")).content.decode()
    editor.post(at(scene, "muc/3/"), typed(text="Số buổi phát thanh", filled_sum="never", seen=seen(page)))
    assert filled_from() == {}


def test_words_are_never_suggested_by_activities(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed(kind="text", filled_sum="minutes"))
    assert filled_from() == {}


def test_channels_without_what_is_added_up_are_refused_in_place(editor: Client, scene: Any) -> None:
    answer = editor.post(at(scene, "muc/cau-hoi/"), typed(filled_channels=["talk"]))
    assert answer.status_code == 422
    assert "chọn cả số cần cộng" in answer.content.decode()


def test_a_table_is_added_from_its_lines(editor: Client, scene: Any) -> None:
    lines = {
        "title": "Theo kênh",
        "columns": "Số buổi\nGhi chú",
        "rows": "Trực tiếp:\nTruyền thanh\nHọp tổ",
        "required": "on",
    }
    editor.post(at(scene, "muc/bang/"), lines)
    assert texts()[2:] == ["Truyền thanh · Số buổi", "Truyền thanh · Ghi chú", "Họp tổ · Số buổi", "Họp tổ · Ghi chú"]


def test_a_list_is_added_from_its_lines(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/danh-sach/"), {"text": "Lớp tập huấn", "columns": "Tên lớp\nSố người", "maximum": "20"})
    added = list(editing.in_editor(Form.objects.get()).questions())[-1]
    assert [(one.label, one.kind, one.required) for one in added.columns] == [
        ("Tên lớp", "text", True),
        ("Số người", "whole", False),
    ]


def test_a_question_is_changed_and_keeps_its_code(editor: Client, scene: Any) -> None:
    page = editor.get(at(scene, "muc/1/")).content.decode()
    editor.post(at(scene, "muc/1/"), typed(text="Số buổi", seen=seen(page)))
    assert texts() == ["Số buổi", "Khó khăn, vướng mắc"]


@pytest.mark.parametrize(
    ("step", "after"),
    [
        ("down:1", ["Khó khăn, vướng mắc", "Số buổi tuyên truyền"]),
        ("up:1", ["Số buổi tuyên truyền", "Khó khăn, vướng mắc"]),
        ("duplicate:1", ["Số buổi tuyên truyền", "Số buổi tuyên truyền", "Khó khăn, vướng mắc"]),
    ],
)
def test_items_are_moved_and_copied(editor: Client, scene: Any, step: str, after: list[str]) -> None:
    editor.post(at(scene), {"step": step})
    assert texts() == after


def test_what_was_removed_is_taken_back(editor: Client, scene: Any) -> None:
    page = editor.get(at(scene)).content.decode()
    editor.post(at(scene), {"step": "remove:1", "seen": seen(page)})
    assert texts() == ["Khó khăn, vướng mắc"]
    editor.post(at(scene), {"step": "undo", "edits": "1"})
    assert texts() == ["Số buổi tuyên truyền", "Khó khăn, vướng mắc"]


def test_a_step_that_others_built_on_is_not_taken_back(editor: Client, scene: Any) -> None:
    editor.post(at(scene), {"step": "down:1"})
    editor.post(at(scene), {"step": "duplicate:1"})
    page = editor.post(at(scene), {"step": "undo", "edits": "1"}, follow=True).content.decode()
    assert "không hoàn tác được" in page
    assert len(texts()) == 3


def test_pasted_lines_become_questions_by_their_words(editor: Client, scene: Any) -> None:
    editor.post(
        at(scene), {"step": "paste", "lines": "1. Số bài viết\r\n- Tỷ lệ hộ được tuyên truyền\r\n\r\nKiến nghị: ……"}
    )
    added = list(editing.in_editor(Form.objects.get()).questions())[2:]
    assert [(one.text, one.kind, one.counted_in) for one in added] == [
        ("Số bài viết", "whole", "bài viết"),
        ("Tỷ lệ hộ được tuyên truyền", "decimal", "%"),
        ("Kiến nghị", "text", ""),
    ]


def test_an_item_somebody_else_changed_is_shown_beside_what_was_typed(editor: Client, scene: Any) -> None:
    page = editor.get(at(scene, "muc/1/")).content.decode()
    editor.post(at(scene, "muc/1/"), typed(text="Số cuộc", seen=seen(page)))
    answer = editor.post(at(scene, "muc/1/"), typed(text="Số lượt", seen=seen(page)))
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Số cuộc" in shown and "Số lượt" in shown
    assert texts()[0] == "Số cuộc"
    editor.post(at(scene, "muc/1/"), typed(text="Số lượt", seen=seen(shown)))
    assert texts()[0] == "Số lượt"


def test_an_item_somebody_else_removed_can_be_put_back(editor: Client, scene: Any) -> None:
    page = editor.get(at(scene, "muc/1/")).content.decode()
    editor.post(at(scene), {"step": "remove:1", "seen": seen(editor.get(at(scene)).content.decode())})
    answer = editor.post(at(scene, "muc/1/"), typed(seen=seen(page), item="cau-hoi"))
    assert answer.status_code == 409
    assert "Số người nghe" in answer.content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(editor: Client, scene: Any) -> None:
    answer = editor.post(at(scene, "muc/cau-hoi/"), typed(minimum="9", maximum="một"))
    assert answer.status_code == 422
    assert "Thường không quá” cần là số, ví dụ 100." in html.unescape(answer.content.decode())
    assert "Số người nghe" in answer.content.decode()


def test_a_check_between_answers_is_added_and_removed(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed())
    answer = {"relation": "at_most", "first": "1", "second": "3", "severity": "stop"}
    editor.post(at(scene, "quy-tac/"), answer)
    page = html.unescape(editor.get(at(scene)).content.decode())
    assert "“Số buổi tuyên truyền” không được lớn hơn “Số người nghe”." in page
    editor.post(at(scene), {"step": "remove-check:at_most:1,3"})
    assert editing.in_editor(Form.objects.get()).checks == ()


def test_a_check_without_its_second_question_is_refused(editor: Client, scene: Any) -> None:
    answer = editor.post(
        at(scene, "quy-tac/"), {"relation": "at_most", "first": "1", "second": "1", "severity": "stop"}
    )
    assert answer.status_code == 422


def test_changes_after_the_start_wait_until_a_version_is_issued(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed())
    assert Question.objects.count() == 2
    page = editor.get(at(scene, "phien-ban/")).content.decode()
    assert "Số người nghe" in page
    day = localtime(DUE).strftime("%d/%m/%Y")
    answer = editor.post(at(scene, "phien-ban/"), {"why": "Theo hướng dẫn mới", "late": "must", "answer_by": day})
    assert answer.status_code == 302
    assert Question.objects.get(since=2).text == "Số người nghe"
    assert "Theo hướng dẫn mới" in editor.get(at(scene)).content.decode()


def test_a_version_without_a_reason_is_refused_in_place(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed())
    answer = editor.post(at(scene, "phien-ban/"), {"why": "", "late": "keep"})
    assert answer.status_code == 422
    assert Form.objects.get().version == 1


def test_changes_not_issued_can_be_dropped(editor: Client, scene: Any) -> None:
    editor.post(at(scene, "muc/cau-hoi/"), typed())
    editor.post(at(scene), {"step": "discard"})
    assert texts() == ["Số buổi tuyên truyền", "Khó khăn, vướng mắc"]


def test_the_form_is_copied_from_an_earlier_campaign(editor: Client, scene: Any) -> None:
    from cascades import a_campaign

    other = a_campaign(scene.cast.department, [scene.cast.press], by=scene.coordinator)
    editor.post(f"/chien-dich/{other.pk}/bieu-mau/", {"step": "remove:1", "seen": mark_of(editor, other.pk)})
    editor.post(f"/chien-dich/{other.pk}/bieu-mau/", {"step": "copy", "from": str(scene.campaign.form.pk)})
    copied = editing.in_editor(Form.objects.get(campaign=other))
    assert [one.text for one in copied.questions()] == ["Số buổi tuyên truyền", "Khó khăn, vướng mắc"]


def mark_of(editor: Client, campaign: int) -> str:
    return seen(editor.get(f"/chien-dich/{campaign}/bieu-mau/").content.decode())


def test_the_form_of_somebody_elses_campaign_is_not_copied(editor: Client, scene: Any) -> None:
    from cascades import a_campaign

    other = a_campaign(scene.cast.press, [scene.cast.city], by=scene.coordinator)
    assert editor.post(at(scene), {"step": "copy", "from": str(other.form.pk)}).status_code == 404


@pytest.mark.parametrize("rest", ["", "muc/1/", "quy-tac/", "phien-ban/", "xem-thu/"])
def test_only_those_who_run_the_campaign_edit_its_form(scene: Any, rest: str) -> None:
    assert signed_in_as(scene.officer).get(at(scene, rest)).status_code == 404
    assert signed_in_as(scene.district_head).get(at(scene, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["", "xem-thu/"])
def test_a_long_form_takes_no_more_queries_than_a_short_one(
    editor: Client, scene: Any, rest: str, django_assert_max_num_queries: Any
) -> None:
    editor.post(at(scene), {"step": "paste", "lines": "\n".join(f"Số buổi {n}" for n in range(40))})
    with django_assert_max_num_queries(24):
        editor.get(at(scene, rest))
