"""A return filled in without a network comes in: judged like one typed on the page, never over another's words unseen."""

from datetime import timedelta
from typing import Any

import pytest
from cast import DAY, NOW, hire, signed_in_as
from scenes import Scene, with_a_full_form

from lachan.accounts.offline import owner_of
from lachan.engine.drafts import Page
from lachan.engine.report_form import FormDraft, QuestionDraft
from lachan.orgs.models import Person, Role
from lachan.reporting.actions import forms, returns
from lachan.reporting.models import Obligation, Return


def carried(scene: Scene, by: Person) -> dict[str, Any]:
    return signed_in_as(by).get("/ngoai-tuyen/mang-theo/").json()["return"]["returns"][0]


def from_device(scene: Scene, person: Person, number: object = 12, **more: Any) -> dict[str, Any]:
    """The request that waited, ready to be posted."""
    owed = scene.owed(scene.cast.commune)
    known = {f"q{one.key}_seen": "0:e3b0c44298fc" for one in (scene.number, scene.words)}
    posted = scene.posted(number, key="made-on-the-device") | known
    return {
        "path": f"/bao-cao/{owed.pk}/gui/",
        "data": posted | {"format": "1", "version": owed.form.version, "turn": 1} | more,
        "headers": {"HX-Request": "true", "X-Offline-Owner": owner_of(person)},
    }


def sent(scene: Scene, number: object = 12, by: Person | None = None, **more: Any) -> Any:
    person = by or scene.officer
    return signed_in_as(person).post(**from_device(scene, person, number, **more))


def typed_by_another(scene: Scene, number: str) -> None:
    hoa = hire("Hoa", (Role.OFFICER, scene.cast.commune))
    page = Page("another-page", seen={})
    owed = scene.owed(scene.cast.commune)
    returns.save_draft(owed, typed={scene.number.key: number}, page=page, by=hoa, now=NOW)


def test_one_takes_along_what_is_asked_and_what_stands_in_the_draft(scene: Scene) -> None:
    number = scene.number.key
    returns.save_draft(scene.owed(scene.cast.commune), typed=scene.typed(7), by=scene.officer, now=NOW)
    with_a_full_form(scene)
    one = carried(scene, scene.officer)
    assert (one["unit"], one["version"]) == ("UBND xã Gò Cao", 2)
    assert one["draft"][number][0] == "7"
    assert [block["kind"] for chapter in one["chapters"] for block in chapter["blocks"]] == [
        "numbers", "table", "list", "words",
    ]  # fmt: skip
    assert {question["key"] for question in one["rules"]["questions"]} == set(one["asks"])


def test_taking_along_asks_no_more_for_more_returns(scene: Scene, django_assert_max_num_queries: Any) -> None:
    client = signed_in_as(scene.officer)
    with django_assert_max_num_queries(24):
        client.get("/ngoai-tuyen/mang-theo/")
    for days, owed in enumerate(Obligation.objects.exclude(unit=scene.cast.commune), start=1):
        owed.unit, owed.period_from = scene.cast.commune, DAY + timedelta(days=days)
        owed.save()
    with django_assert_max_num_queries(24):
        assert len(client.get("/ngoai-tuyen/mang-theo/").json()["return"]["returns"]) > 3


def test_sent_twice_it_is_one_version(scene: Scene) -> None:
    first, again = sent(scene), sent(scene, turn=2)
    assert first.json() == again.json()
    assert Return.objects.get().values == {scene.number.key: 12}


def test_lateness_is_told_by_our_clock(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    late = scene.owed(scene.cast.commune).due_at + timedelta(days=2)
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: late)
    sent(scene)
    assert Return.objects.get().submitted_at == late


def test_where_another_typed_meanwhile_both_are_told_and_nothing_is_sent(scene: Scene) -> None:
    typed_by_another(scene, "15")
    answer = sent(scene)
    told = answer.json()["conflict"][0]
    assert answer.status_code == 409
    assert (told["label"], told["mine"], told["theirs"][0]["text"]) == ("Số buổi tuyên truyền", "12", "15")
    assert told["theirs"][0]["by"].startswith("Hoa, ")
    assert not Return.objects.exists()
    assert scene.owed(scene.cast.commune).read_draft().disputed == [scene.number.key]


def test_what_was_chosen_with_both_before_ones_eyes_is_sent(scene: Scene) -> None:
    typed_by_another(scene, "15")
    seen = sent(scene).json()["conflict"][0]["seen"]
    name = f"q{scene.number.key}"
    assert sent(scene, turn=2, **{f"{name}_keep": "15", f"{name}_seen": seen}).status_code == 200
    assert Return.objects.get().values[scene.number.key] == 15


def test_a_form_with_a_new_version_keeps_what_it_still_asks_and_tells_what_it_does_not(scene: Scene) -> None:
    form, number = scene.owed(scene.cast.commune).form, scene.number.key
    filled_in = {f"q{scene.words.key}": "Loa hỏng", "version": 1}
    only = FormDraft(form.title, (QuestionDraft("Số buổi tuyên truyền", counted_in="buổi", code="1"),))
    forms.revise(form, only, terms=forms.Terms(why="Bớt một câu"), by=scene.coordinator, now=NOW)
    answer = sent(scene, 12, **filled_in)
    told = [one["text"] for one in answer.json()["faults"]]
    assert answer.status_code == 422
    assert told[0].startswith("Biểu mẫu đã có phiên bản 2.")
    assert told[1] == "Không còn hỏi: Khó khăn, vướng mắc: Loa hỏng."
    assert scene.owed(scene.cast.commune).typed == {number: "12"}
    assert not Return.objects.exists()


def test_what_is_wrong_is_said_in_the_words_of_the_page(scene: Scene) -> None:
    answer = sent(scene, "nhiều")
    assert answer.status_code == 422
    assert answer.json()["faults"] == [
        {
            "name": f"q{scene.number.key}",
            "text": "Ô “Số buổi tuyên truyền” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “nhiều”.",
        }
    ]
    assert scene.owed(scene.cast.commune).typed[scene.number.key] == "nhiều"


def test_only_the_units_own_people_send_it(scene: Scene) -> None:
    assert sent(scene, by=scene.district_officer).status_code == 403
    assert sent(scene, by=hire("Ngoài", (Role.OFFICER, scene.cast.ward))).status_code == 404
    assert not Return.objects.exists()


def test_taking_a_return_in_asks_the_database_little_first_and_again(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    client, waiting = signed_in_as(scene.officer), from_device(scene, scene.officer)
    for queries in (25, 17):
        with django_assert_max_num_queries(queries):
            assert client.post(**waiting).status_code == 200
