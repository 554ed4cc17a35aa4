"""What stands beside an answer: the number that activities give, and what was answered last time."""

from typing import Any

import pytest
from cascades import a_campaign, of
from cast import NOW, signed_in_as
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scenes import Scene, having_done, with_a_full_form

from lachan.engine.report_form import FormDraft, QuestionDraft
from lachan.reporting.actions import forms, returns
from lachan.reporting.models import Form, Obligation, Question


@pytest.fixture
def full(scene: Scene) -> Scene:
    return with_a_full_form(scene)


def page(scene: Scene, owed: Obligation | None = None) -> str:
    address = f"/bao-cao/{(owed or scene.owed(scene.cast.commune)).pk}/"
    return " ".join(signed_in_as(scene.officer).get(address).content.decode().split())


def save(scene: Scene, **posted: Any) -> None:
    owed = scene.owed(scene.cast.commune)
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/luu-nhap/", posted)


def first(scene: Scene) -> Question:
    return Question.objects.get(form__campaign=scene.campaign, text="Số buổi tuyên truyền")


def typed(scene: Scene) -> dict[str, str]:
    return {key: text for key, text in scene.owed(scene.cast.commune).typed.items() if text}


def test_activities_suggest_a_number_and_say_where_it_comes_from_without_answering(full: Scene) -> None:
    having_done(full, 5, "one")
    having_done(full, 7, "two")
    shown = page(full)
    assert "Gợi ý <strong>12</strong>, từ 2 hoạt động, 10/03" in shown
    assert typed(full) == {}


def test_one_press_uses_every_suggestion_where_nothing_was_typed(full: Scene) -> None:
    having_done(full, 5)
    save(full, use="all")
    assert typed(full) == {first(full).key: "5"}


def test_a_suggestion_never_replaces_what_was_typed_unless_that_one_is_pressed(full: Scene) -> None:
    having_done(full, 5)
    save(full, **{f"q{first(full).key}": "9", "use": "all"})
    assert typed(full) == {first(full).key: "9"}
    save(full, use=first(full).key)
    assert typed(full) == {first(full).key: "5"}


def test_a_later_change_of_the_activities_is_shown_beside_the_answer(full: Scene) -> None:
    having_done(full, 5, "one")
    save(full, use="all")
    assert "Khớp với 1 hoạt động" in page(full)
    having_done(full, 9, "two")
    assert "Theo hoạt động hiện là <strong>14</strong>, từ 2 hoạt động" in page(full)
    assert typed(full) == {first(full).key: "5"}


def a_second_campaign(scene: Scene) -> Obligation:
    """Given to the commune after it has reported in the first."""
    before = scene.owed(scene.cast.commune)
    version = returns.submit(before, typed=scene.typed(120, "Thiếu loa"), request_key="a", by=scene.officer, now=NOW)
    returns.approve(version, by=scene.head, now=NOW)
    campaign = a_campaign(scene.cast.department, [scene.cast.commune], by=scene.coordinator)
    return of(scene.cast.commune, campaign).obligation


def test_last_time_stands_beside_the_answer_and_is_never_filled_in(scene: Scene) -> None:
    owed = a_second_campaign(scene)
    shown = page(scene, owed)
    assert "Kỳ trước: 120" in shown
    assert "Thiếu loa" in shown
    assert owed.typed == {}


def test_words_of_last_time_are_taken_over_to_be_edited(scene: Scene) -> None:
    owed = a_second_campaign(scene)
    words = Question.objects.get(form=owed.form, kind="text")
    posted = {f"q{words.key}": "Năm nay:", "take": words.key}
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/luu-nhap/", posted)
    owed.refresh_from_db()
    assert owed.typed == {words.key: "Năm nay:\nThiếu loa"}


@pytest.mark.parametrize("posted", [{"use": "999"}, {"take": "999"}, {"use": ""}, {"take": "x"}])
def test_odd_presses_take_nothing(full: Scene, posted: dict[str, str]) -> None:
    having_done(full, 5)
    save(full, **posted)
    assert typed(full) == {}


def test_the_head_sees_what_lies_far_from_last_time_and_approves_the_rest_from_the_list(scene: Scene) -> None:
    owed = a_second_campaign(scene)
    number = Question.objects.get(form=owed.form, kind="whole")
    head = signed_in_as(scene.head)
    inbox = f"/viec/{scene.cast.commune.pk}/"
    for typed_number, said in (("12", "” là 12, lần báo cáo trước là "), ("130", "Không có gì khác thường")):
        version = returns.submit(
            owed, typed={number.key: typed_number}, request_key=typed_number, by=scene.officer, now=NOW
        )
        assert said in head.get(inbox).content.decode()
    answer = head.post(f"/bao-cao/{owed.pk}/ban/{version.number}/duyet/", {"ve": "hop-viec"})
    assert answer["Location"] == inbox
    owed.refresh_from_db()
    assert owed.state == Obligation.State.APPROVED


@pytest.mark.parametrize("state", ["form", "version"])
def test_the_price_of_the_pages_is_the_same_with_5_and_200_questions(scene: Scene, state: str) -> None:
    form = Form.objects.get(campaign=scene.campaign)
    client, prices = signed_in_as(scene.officer), []
    if state == "version":  # so that both sizes have a version before the one that is shown
        owed = scene.owed(scene.cast.commune)
        returns.submit(owed, typed=scene.typed(1), request_key="first", by=scene.officer, now=NOW)
    for count in (5, 200):
        items = tuple(QuestionDraft(f"Chỉ tiêu {at}", code=str(at)) for at in range(1, count + 1))
        forms.revise(
            form,
            FormDraft(form.title, items),
            terms=forms.Terms(why="Thêm chỉ tiêu"),
            by=scene.coordinator,
            now=NOW,
        )
        owed = scene.owed(scene.cast.commune)
        answers = {question.key: "3" for question in owed.asked()}
        returns.save_draft(owed, typed=answers, by=scene.officer, now=NOW)
        if state == "version":
            returns.submit(owed, typed=answers, request_key=str(count), by=scene.officer, now=NOW)
        client.get(f"/bao-cao/{owed.pk}/", follow=True)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/bao-cao/{owed.pk}/", follow=True).status_code == 200
        prices.append(len(asked))
        form.refresh_from_db()
    assert prices[0] == prices[1]
