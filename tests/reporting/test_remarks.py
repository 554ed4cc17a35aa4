"""Remarks at single answers: made, answered, carried along, settled; and who reads them."""

from typing import Any

import pytest
from cast import NOW, hire, signed_in_as
from django.test import Client
from scenes import Scene

from lachan.foundation.refused import Refused
from lachan.notices.models import Notice
from lachan.orgs.models import Role
from lachan.reporting.actions import remarks, returns
from lachan.reporting.models import Remark, Return


def send(scene: Scene, number: int = 7, key: str = "one") -> Return:
    owed = scene.owed(scene.cast.commune)
    return returns.submit(owed, typed=scene.typed(number, "Loa hỏng"), request_key=key, by=scene.officer, now=NOW)


@pytest.fixture
def version(scene: Scene) -> Return:
    return send(scene)


def remarked(scene: Scene, version: Return, text: str = "Thiếu thôn 4?") -> Remark:
    """The head's, at the number."""
    return remarks.remark(version, question=scene.number, unit=scene.cast.commune, text=text, by=scene.head, now=NOW)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_head_remarks_at_an_answer_and_the_officer_reads_it_there(scene: Scene, version: Return) -> None:
    head = signed_in_as(scene.head)
    assert "Góp ý tại “Số buổi tuyên truyền”" in text_of(
        head.get(f"{version.get_absolute_url()}?gop-y={scene.number.pk}")
    )
    head.post(f"{version.get_absolute_url()}gop-y/", {"question": scene.number.pk, "text": "Thiếu thôn 4?"})
    page = text_of(signed_in_as(scene.officer).get(f"/bao-cao/{version.obligation_id}/?sua=1"))
    assert "Thiếu thôn 4?" in page
    assert "Có góp ý cần trả lời" in page
    assert Notice.objects.filter(person=scene.officer, remark="Thiếu thôn 4?").count() == 1


def test_a_version_with_remarks_may_be_sent_back_without_more_words(scene: Scene, version: Return) -> None:
    remarked(scene, version)
    signed_in_as(scene.head).post(f"{version.get_absolute_url()}tra-lai/", {"remark": ""})
    assert scene.owed(scene.cast.commune).state == "sent_back"


def test_the_reply_keeps_what_stands_in_the_form(scene: Scene, version: Return) -> None:
    one = remarked(scene, version)
    answer = signed_in_as(scene.officer).post(
        f"/bao-cao/{version.obligation_id}/gop-y/{one.pk}/tra-loi/", scene.posted(9) | {f"reply_{one.pk}": "Đã cộng"}
    )
    assert answer["Location"].endswith(f"#id_q{scene.number.key}")
    one.refresh_from_db()
    assert (one.reply, one.replied_by) == ("Đã cộng", scene.officer)
    assert scene.owed(scene.cast.commune).typed[scene.number.key] == "9"


def test_a_reply_without_words_says_that_it_was_mended(scene: Scene, version: Return) -> None:
    assert remarks.reply(remarked(scene, version), text=" ", by=scene.officer, now=NOW).reply == "Đã sửa."


def test_a_remark_goes_along_to_the_next_version_until_the_head_approves(scene: Scene, version: Return) -> None:
    one = remarked(scene, version)
    second = send(scene, 9, "two")
    head = signed_in_as(scene.head)
    assert "Thiếu thôn 4?" in text_of(head.get(second.get_absolute_url()))
    returns.approve(second, by=scene.head, now=NOW)
    one.refresh_from_db()
    assert one.settled_by == scene.head


def test_the_head_settles_a_remark_before_that(scene: Scene, version: Return) -> None:
    one = remarked(scene, version)
    signed_in_as(scene.head).post(f"/bao-cao/{version.obligation_id}/gop-y/{one.pk}/khep-lai/")
    assert not Remark.objects.open().exists()
    with pytest.raises(Refused, match="khép lại"):
        remarks.reply(one, text="x", by=scene.officer, now=NOW)


def test_the_level_above_remarks_at_what_went_up_and_does_not_read_what_was_said_inside(
    scene: Scene, version: Return
) -> None:
    remarked(scene, version, "Việc nội bộ")
    returns.approve(version, by=scene.head, now=NOW)
    above = signed_in_as(scene.district_officer)
    above.post(f"{version.get_absolute_url()}gop-y/", {"question": scene.number.pk, "text": "Rà lại"})
    page = text_of(above.get(version.get_absolute_url()))
    assert "Rà lại" in page
    assert "Việc nội bộ" not in page
    returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    assert not Remark.objects.open().exists()


def test_neither_side_settles_the_others_remark(scene: Scene, version: Return) -> None:
    inside = remarked(scene, version)
    address = f"/bao-cao/{version.obligation_id}/gop-y/{inside.pk}/khep-lai/"
    assert signed_in_as(scene.district_officer).post(address).status_code == 403
    assert signed_in_as(scene.officer).post(address).status_code == 403


def test_officers_and_strangers_make_no_remarks(scene: Scene, version: Return) -> None:
    form = {"question": scene.number.pk, "text": "x"}
    stranger = hire("Khoa", (Role.HEAD, scene.cast.other_commune))
    for client, code in ((signed_in_as(scene.officer), 403), (signed_in_as(stranger), 404), (Client(), 302)):
        assert client.post(f"{version.get_absolute_url()}gop-y/", form).status_code == code
    assert not Remark.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_remark_needs_words_and_not_too_many(scene: Scene, version: Return, text: str) -> None:
    with pytest.raises(Refused, match="cần có nội dung"):
        remarked(scene, version, text)


def test_the_same_remark_twice_is_one_and_an_older_version_takes_none(scene: Scene, version: Return) -> None:
    assert remarked(scene, version) == remarked(scene, version)
    send(scene, 9, "two")
    with pytest.raises(Refused, match="bản mới hơn"):
        remarked(scene, version, "Khác")


def test_a_question_of_another_form_takes_no_remark(scene: Scene, version: Return) -> None:
    head = signed_in_as(scene.head)
    for question in ("999999", "x", ""):
        answer = head.post(f"{version.get_absolute_url()}gop-y/", {"question": question, "text": "x"})
        assert answer.status_code == 404
