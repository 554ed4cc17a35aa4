"""An officer gives parts of the return to colleagues of the unit: who may, what they see, what they can do, and its end."""

from datetime import timedelta
from typing import Any

import pytest
from cast import DAY, NOW, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from scenes import Scene, with_a_full_form

from lachan.foundation.refused import Refused
from lachan.notices.models import Notice
from lachan.orgs.actions import end_role
from lachan.orgs.models import Grant, Person, Role
from lachan.reporting.actions import returns, sharing
from lachan.reporting.models import Obligation, Share


@pytest.fixture
def hoa(scene: Scene) -> Person:
    return hire("Hoa", (Role.COLLABORATOR, scene.cast.commune))


def owed(scene: Scene) -> Obligation:
    return scene.owed(scene.cast.commune)


def shared(scene: Scene, person: Person, *, words: bool = True) -> Share:
    """The words of the return, or its number."""
    asked = scene.words if words else scene.number
    return sharing.share(owed(scene), person=person, questions=[asked.pk], due_on=DAY, by=scene.officer, now=NOW)


def page(who: Client, scene: Scene, rest: str = "") -> str:
    return str(who.get(f"/bao-cao/{owed(scene).pk}/{rest}", follow=True).content.decode())


def test_a_part_is_given_on_the_page_and_the_colleague_is_told(scene: Scene, hoa: Person) -> None:
    form = {"person": hoa.pk, "parts": [f"q{scene.words.pk}"]}
    answer = signed_in_as(scene.officer).post(f"/bao-cao/{owed(scene).pk}/phan-cong/", form, follow=True)
    assert "Đã giao cho Hoa." in answer.content.decode()
    assert [one.text for one in Share.objects.get().questions.all()] == ["Khó khăn, vướng mắc"]
    assert Notice.objects.filter(person=hoa).count() == 1


def test_the_colleague_finds_the_part_among_their_work_and_sees_only_that(scene: Scene, hoa: Person) -> None:
    shared(scene, hoa)
    client = signed_in_as(hoa)
    assert f'href="/bao-cao/{owed(scene).pk}/"' in client.get("/", follow=True).content.decode()
    seen = page(client, scene)
    assert "Khó khăn, vướng mắc" in seen
    assert "Số buổi tuyên truyền" not in seen
    assert "Gửi thủ trưởng duyệt" not in seen


def test_the_colleague_fills_in_their_part_and_no_other(scene: Scene, hoa: Person) -> None:
    shared(scene, hoa)
    signed_in_as(hoa).post(f"/bao-cao/{owed(scene).pk}/luu-nhap/", scene.posted(99, "Loa hỏng"))
    assert owed(scene).typed == {scene.words.key: "Loa hỏng"}


def test_the_colleague_does_not_send_the_return_nor_read_the_rest(scene: Scene, hoa: Person) -> None:
    shared(scene, hoa)
    client, address = signed_in_as(hoa), f"/bao-cao/{owed(scene).pk}/"
    assert client.post(address, scene.posted(1)).status_code == 403
    returns.submit(owed(scene), typed=scene.typed(3), request_key="k", by=scene.officer, now=NOW)
    for rest in ("ban/1/", "lich-su/", "phan-cong/"):
        assert client.get(address + rest).status_code == 403


def test_the_officer_sees_who_is_done(scene: Scene, hoa: Person) -> None:
    shared(scene, hoa)
    client = signed_in_as(hoa)
    for _ in range(2):
        client.post(f"/bao-cao/{owed(scene).pk}/phan-cong/xong/", scene.posted(0, "Loa hỏng"))
    officer = signed_in_as(scene.officer)
    assert "Đã xong" in page(officer, scene, "phan-cong/")
    assert owed(scene).typed == {scene.words.key: "Loa hỏng"}
    assert Notice.objects.filter(person=scene.officer, text__contains="điền xong").count() == 1


def test_taken_back_it_is_no_longer_the_colleagues_and_what_they_typed_stays(scene: Scene, hoa: Person) -> None:
    given = shared(scene, hoa)
    client = signed_in_as(hoa)
    client.post(f"/bao-cao/{owed(scene).pk}/luu-nhap/", scene.posted(0, "Loa hỏng"))
    signed_in_as(scene.officer).post(f"/bao-cao/{owed(scene).pk}/phan-cong/{given.pk}/thu-hoi/")
    assert client.get(f"/bao-cao/{owed(scene).pk}/").status_code == 404
    assert owed(scene).typed == {scene.words.key: "Loa hỏng"}


def test_one_who_loses_their_role_loses_the_part(scene: Scene, hoa: Person) -> None:
    shared(scene, hoa)
    end_role(Grant.objects.get(person=hoa), by=None, now=NOW)
    assert signed_in_as(hoa).get(f"/bao-cao/{owed(scene).pk}/").status_code == 404


def test_what_is_given_again_replaces_what_was_given(scene: Scene, hoa: Person) -> None:
    shared(scene, hoa)
    shared(scene, hoa, words=False)
    assert [list(one.questions.all()) for one in Share.objects.all()] == [[scene.number]]


def test_nothing_is_given_to_people_of_other_units_nor_for_days_past_nor_without_a_part(scene: Scene) -> None:
    asked = {"by": scene.officer, "now": NOW}
    for person, questions, due, said in (
        (scene.district_officer, [scene.number.pk], None, "không có vai trò"),
        (scene.head, [scene.number.pk], DAY - timedelta(days=1), "đã qua"),
        (scene.head, [], None, "ít nhất một mục"),
        (scene.head, [999_999], None, "ít nhất một mục"),
    ):
        with pytest.raises(Refused, match=said):
            sharing.share(owed(scene), person=person, questions=questions, due_on=due, **asked)  # type: ignore[arg-type]
    assert not Share.objects.exists()


def test_only_the_units_officer_and_head_give_and_take_back(scene: Scene, hoa: Person) -> None:
    given = shared(scene, hoa)
    address = f"/bao-cao/{owed(scene).pk}/phan-cong/"
    for person, code in ((hoa, 403), (scene.district_officer, 403), (scene.cast.an, 403)):
        assert signed_in_as(person).post(address, {"person": hoa.pk}).status_code == code
        assert signed_in_as(person).post(f"{address}{given.pk}/thu-hoi/").status_code == code
    assert Share.objects.get().ended_at is None


def test_the_price_of_the_pages_does_not_grow_with_the_parts_given(scene: Scene) -> None:
    with_a_full_form(scene)
    client, prices = signed_in_as(scene.officer), []
    for name in ("Mai", "Lý", "Sen"):
        colleague = hire(name, (Role.COLLABORATOR, scene.cast.commune))
        keys = [one.pk for one in owed(scene).asked()]
        sharing.share(owed(scene), person=colleague, questions=keys, due_on=None, by=scene.officer, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/bao-cao/{owed(scene).pk}/phan-cong/")
            client.get(f"/bao-cao/{owed(scene).pk}/")
        prices.append(len(asked))
    assert len(set(prices)) == 1, prices


def test_a_wrong_date_and_a_missing_person_get_their_sentences(scene: Scene) -> None:
    answer: Any = signed_in_as(scene.officer).post(f"/bao-cao/{owed(scene).pk}/phan-cong/", {"due_on": "hôm qua"})
    assert answer.status_code == 422
    for words in ("Chọn người được giao.", "Chọn ít nhất một mục để giao.", "cần là một ngày"):
        assert words in answer.content.decode()
