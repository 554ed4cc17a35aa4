"""An officer fills in the unit's return, the head approves it, the level above accepts it."""

from typing import Any

import pytest
from cascades import of
from cast import hire, signed_in_as
from django.db import connection
from django.test import Client
from outages import stop_this_connection
from scenes import Scene

from lachan.engine.vietnamese import normalise
from lachan.orgs.models import Role
from lachan.reporting.models import Obligation, Return

State = Obligation.State


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_form_shows_what_the_unit_is_asked_by_when_and_who_sees_it_next(scene: Scene) -> None:
    page = text_of(signed_in_as(scene.officer).get(f"/bao-cao/{scene.owed(scene.cast.commune).pk}/"))
    for words in ("UBND xã Gò Cao", "Số buổi tuyên truyền", "buổi", "Khó khăn, vướng mắc", "UBND huyện Bến Đá"):
        assert words in page
    assert "9&nbsp;giờ ngày 30/03/2025" in page.replace("\u00a0", "&nbsp;")


def test_a_draft_is_kept_by_the_button_and_shown_again(scene: Scene) -> None:
    owed, client = scene.owed(scene.cast.commune), signed_in_as(scene.officer)
    answer = client.post(f"/bao-cao/{owed.pk}/luu-nhap/", scene.posted("một nghìn"), follow=True)
    assert "Đã lưu nháp" in text_of(answer)
    assert "một nghìn" in text_of(answer)
    assert scene.owed(scene.cast.commune).state == State.DRAFTED


def test_a_draft_saved_as_one_types_answers_with_the_time(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    answer = signed_in_as(scene.officer).post(
        f"/bao-cao/{owed.pk}/luu-nhap/", scene.posted(3), headers={"HX-Request": "true"}
    )
    assert text_of(answer).startswith("Đã lưu ")
    assert "<html" not in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Ô “Số buổi tuyên truyền” chưa điền. Nếu không phát sinh, ghi 0."),
        (
            "một nghìn",
            "Ô “Số buổi tuyên truyền” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “một nghìn”.",
        ),
        ("-5", "Ô “Số buổi tuyên truyền” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “-5”."),
        ("12,5", "Ô “Số buổi tuyên truyền” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “12,5”."),
        ("1,000", "Ô “Số buổi tuyên truyền”: số “1,000” có thể hiểu là 1.000 hoặc 1."),
        ("9" * 16, "Ô “Số buổi tuyên truyền” nhận tối đa 15 chữ số."),
    ],
)
def test_a_faulty_number_gets_its_sentence_and_stays_in_the_form(scene: Scene, typed: str, said: str) -> None:
    owed = scene.owed(scene.cast.commune)
    answer = signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(typed))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'value="{typed}"' in text_of(answer) or not typed
    assert not owed.returns.exists()
    assert scene.owed(scene.cast.commune).typed.get(scene.number.key, "") == typed


def test_a_text_that_is_too_long_gets_its_sentence(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    answer = signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(words="a" * 20_001))
    assert "Phần “Khó khăn, vướng mắc” dài 20.001 ký tự, tối đa 20.000 ký tự." in text_of(answer)


def test_an_ambiguous_number_is_settled_by_choosing_its_reading(scene: Scene) -> None:
    owed, client = scene.owed(scene.cast.commune), signed_in_as(scene.officer)
    asked = text_of(client.post(f"/bao-cao/{owed.pk}/", scene.posted("1,000")))
    name = f"q{scene.number.key}_reading"
    assert f'name="{name}"' in asked
    assert 'value="1,000|1000"' in asked
    client.post(f"/bao-cao/{owed.pk}/", scene.posted("1,000") | {name: "1,000|1000"})
    assert owed.returns.get().values[scene.number.key] == 1000


def test_hidden_characters_never_reach_the_return(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(4, "Thiếu\x00 loa\u200b\r\ncũ"))
    assert owed.returns.get().values[scene.words.key] == normalise("Thiếu loa\ncũ")


def test_the_same_submit_twice_makes_one_version(scene: Scene) -> None:
    owed, client = scene.owed(scene.cast.commune), signed_in_as(scene.officer)
    answers = [client.post(f"/bao-cao/{owed.pk}/", scene.posted(7, key="twice")) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {f"/bao-cao/{owed.pk}/ban/1/"}
    assert owed.returns.count() == 1


def test_the_same_submit_after_approval_leads_to_its_version(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    submit = scene.posted(7, key="twice")
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", submit)
    signed_in_as(scene.head).post(f"/bao-cao/{owed.pk}/ban/1/duyet/")
    again = signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", submit, follow=True)
    assert again.redirect_chain == [(f"/bao-cao/{owed.pk}/ban/1/", 302)]
    assert "Bản 1 đã gửi từ trước nên không gửi lại." in text_of(again)
    assert owed.returns.count() == 1


def test_a_late_return_is_taken_and_said_to_be_late(scene: Scene) -> None:
    owed, client = scene.owed(scene.cast.commune), signed_in_as(scene.officer)
    assert "ghi nhận là gửi trễ hạn" in text_of(client.get(f"/bao-cao/{owed.pk}/"))  # the scene's deadline is long past
    client.post(f"/bao-cao/{owed.pk}/", scene.posted(7))
    approved = signed_in_as(scene.head).post(f"/bao-cao/{owed.pk}/ban/1/duyet/", follow=True)
    assert "Đã gửi, trễ hạn" in text_of(approved)
    assert scene.owed(scene.cast.commune).is_late


def test_sent_back_and_sent_again_makes_version_two_that_shows_what_changed(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    officer, head = signed_in_as(scene.officer), signed_in_as(scene.head)
    officer.post(f"/bao-cao/{owed.pk}/", scene.posted(7, key="first"))
    refused = head.post(f"/bao-cao/{owed.pk}/ban/1/tra-lai/", {"remark": " "})
    assert "Ghi rõ cần sửa gì để đơn vị biết." in text_of(refused)
    head.post(f"/bao-cao/{owed.pk}/ban/1/tra-lai/", {"remark": "Cộng thêm tháng 3."})
    form = text_of(officer.get(f"/bao-cao/{owed.pk}/"))
    assert "Cộng thêm tháng 3." in form
    assert 'value="7"' in form
    officer.post(f"/bao-cao/{owed.pk}/", scene.posted(9, key="second"))
    second = text_of(head.get(f"/bao-cao/{owed.pk}/ban/2/"))
    assert "Khác so với bản 1" in second
    assert "Duyệt và gửi lên" in second
    first = text_of(head.get(f"/bao-cao/{owed.pk}/ban/1/"))
    assert "không phải bản mới nhất" in first
    assert "Duyệt và gửi lên" not in first
    assert Return.objects.get(obligation=owed, number=1).values[scene.number.key] == 7


def test_one_who_is_officer_and_head_submits_and_approves(scene: Scene) -> None:
    both = hire("Hòa", (Role.OFFICER, scene.cast.township), (Role.HEAD, scene.cast.township))
    owed, client = scene.owed(scene.cast.township), signed_in_as(both)
    client.post(f"/bao-cao/{owed.pk}/", scene.posted(2))
    client.post(f"/bao-cao/{owed.pk}/ban/1/duyet/")
    assert scene.owed(scene.cast.township).state == State.APPROVED


def test_the_second_of_two_heads_reads_that_the_first_has_approved(scene: Scene) -> None:
    owed, second = sent_up(scene), signed_in_as(hire("Hải", (Role.HEAD, scene.cast.commune)))
    assert "Giang đã duyệt bản 1 trước đó." in text_of(second.post(f"/bao-cao/{owed.pk}/ban/1/duyet/", follow=True))


def test_the_level_above_accepts_what_went_up(scene: Scene) -> None:
    owed = sent_up(scene)
    page = signed_in_as(scene.district_officer).post(f"/bao-cao/{owed.pk}/ban/1/nhan/", follow=True)
    assert "Đã nhận báo cáo (bản 1)." in text_of(page)
    assert scene.owed(scene.cast.commune).state == State.ACCEPTED


def test_the_level_above_sends_back_what_went_up(scene: Scene) -> None:
    owed = sent_up(scene)
    signed_in_as(scene.coordinator).post(f"/bao-cao/{owed.pk}/ban/1/tra-lai/", {"remark": "Rà soát lại số buổi."})
    again = scene.owed(scene.cast.commune)
    assert (again.state, again.counted) == (State.SENT_BACK, None)
    assert again.returns.get().sent_back_with().unit == scene.cast.department  # type: ignore[union-attr]


def sent_up(scene: Scene) -> Obligation:
    owed = scene.owed(scene.cast.commune)
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(7))
    signed_in_as(scene.head).post(f"/bao-cao/{owed.pk}/ban/1/duyet/")
    return scene.owed(scene.cast.commune)


def test_nobody_above_sees_a_version_before_the_head_approved_it(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(7))
    above = signed_in_as(scene.district_officer)
    assert above.get(f"/bao-cao/{owed.pk}/ban/1/").status_code == 404
    assert "Đơn vị chưa gửi báo cáo." in text_of(above.get(f"/bao-cao/{owed.pk}/"))


@pytest.mark.parametrize("step", ["duyet", "tra-lai", "nhan"])
def test_the_head_of_another_unit_decides_nothing(scene: Scene, step: str) -> None:
    owed = sent_up(scene)
    stranger = signed_in_as(hire("Khoa", (Role.HEAD, scene.cast.other_commune)))
    assert stranger.post(f"/bao-cao/{owed.pk}/ban/1/{step}/", {"remark": "x"}).status_code == 404
    assert scene.owed(scene.cast.commune).state == State.APPROVED


def test_the_head_above_does_not_approve_in_place_of_the_units_own(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(7))
    assert signed_in_as(scene.district_head).post(f"/bao-cao/{owed.pk}/ban/1/duyet/").status_code in (403, 404)
    assert scene.owed(scene.cast.commune).state == State.SUBMITTED


def test_nobody_above_fills_in_or_submits_in_place_of_the_unit(scene: Scene) -> None:
    owed = scene.owed(scene.cast.commune)
    for person in (scene.district_officer, scene.district_head, scene.coordinator):
        for address in (f"/bao-cao/{owed.pk}/", f"/bao-cao/{owed.pk}/luu-nhap/"):
            assert signed_in_as(person).post(address, scene.posted(7)).status_code == 403
    assert not owed.returns.exists()
    assert scene.owed(scene.cast.commune).state == State.OWED


def test_the_units_officer_neither_approves_nor_accepts(scene: Scene) -> None:
    owed, client = scene.owed(scene.cast.commune), signed_in_as(scene.officer)
    client.post(f"/bao-cao/{owed.pk}/", scene.posted(7))
    assert client.post(f"/bao-cao/{owed.pk}/ban/1/duyet/").status_code == 403
    assert client.post(f"/bao-cao/{owed.pk}/ban/1/nhan/").status_code == 403


def test_the_list_of_arrived_returns_accepts_the_ticked_ones_once(scene: Scene) -> None:
    owed, client = sent_up(scene), signed_in_as(scene.district_officer)
    address = f"/chien-dich/{scene.campaign.pk}/bao-cao-den/{of(scene.cast.district, scene.campaign).pk}/"
    assert "Xã Gò Cao" in text_of(client.get(address))
    for _ in range(2):
        client.post(address, {"version": [str(owed.counted_id)]})
    assert scene.owed(scene.cast.commune).state == State.ACCEPTED
    assert owed.returns.get().decisions.filter(verdict="accepted").count() == 1
    assert "Xã Gò Thấp" in text_of(client.get(address + "?loc=chua-gui"))
    assert "Xã Gò Cao" in text_of(client.get(address + "?loc=da-nhan"))


def test_a_ticked_return_of_somewhere_else_is_left_alone(scene: Scene) -> None:
    owed = sent_up(scene)
    client = signed_in_as(scene.coordinator)
    answer = client.post(
        f"/chien-dich/{scene.campaign.pk}/bao-cao-den/", {"version": [str(owed.counted_id)]}, follow=True
    )
    assert "Chưa chọn báo cáo nào." in text_of(answer)  # the commune reports to its district
    assert scene.owed(scene.cast.commune).state == State.APPROVED


@pytest.mark.django_db(transaction=True)
def test_when_the_database_goes_away_everything_typed_comes_back_and_can_be_sent_again(scene: Scene) -> None:
    owed, client = scene.owed(scene.cast.commune), signed_in_as(scene.officer)
    posted = scene.posted(41, "Loa hỏng <3 cái>")
    stop_this_connection()
    answer = client.post(f"/bao-cao/{owed.pk}/", posted)
    assert answer.status_code == 503
    page = text_of(answer)
    assert "Chưa lưu được" in page
    assert "Loa hỏng &lt;3 cái&gt;" in page
    assert all(f'name="{name}"' in page for name in posted)
    connection.close()
    assert client.post(f"/bao-cao/{owed.pk}/", posted)["Location"] == f"/bao-cao/{owed.pk}/ban/1/"
    assert owed.returns.get().values[scene.number.key] == 41


@pytest.mark.django_db(transaction=True)
def test_a_remark_and_ticked_returns_come_back_too_when_the_database_goes_away(scene: Scene) -> None:
    owed, client = sent_up(scene), signed_in_as(scene.district_officer)
    branch = of(scene.cast.district, scene.campaign).pk
    stop_this_connection()
    remark = client.post(f"/bao-cao/{owed.pk}/ban/1/tra-lai/", {"remark": "Rà soát lại số buổi."})
    connection.close()
    stop_this_connection()
    ticked = client.post(f"/chien-dich/{scene.campaign.pk}/bao-cao-den/{branch}/", {"version": ["7", "8"]})
    connection.close()
    assert (remark.status_code, ticked.status_code) == (503, 503)
    assert 'value="Rà soát lại số buổi."' in text_of(remark)
    assert all(f'name="version" value="{key}"' in text_of(ticked) for key in (7, 8))


def test_nobody_signed_out_sees_a_return(scene: Scene) -> None:
    answer = Client().get(f"/bao-cao/{scene.owed(scene.cast.commune).pk}/")
    assert answer.status_code == 302
    assert "/tai-khoan/" in answer["Location"]
