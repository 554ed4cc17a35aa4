"""An activity that waited on a device comes in: once, from the person whose it is, and never over another's words unseen."""

from typing import Any

import pictures
import pytest
from cast import DAY, hire, signed_in_as
from django.test import Client
from scenes import Scene

from lachan.accounts.offline import owner_of
from lachan.activities.models import Activity, Photo
from lachan.orgs.models import Person, Role

SENT = {
    "format": "1", "channel": "visit", "day": "other", "done_on": DAY.isoformat(), "times": "4", "audience": "15",
    "what": "Xóm Trong", "request_key": "made-on-the-device", "campaign": "",
}  # fmt: skip


def sent(scene: Scene, by: Person, whose: Person | None = None, client: Client | None = None, **more: Any) -> Any:
    whose_mark = {"X-Offline-Owner": owner_of(whose or by)}
    address = f"/hoat-dong/don-vi/{scene.cast.commune.pk}/gui/"
    return (client or signed_in_as(by)).post(address, SENT | more, headers={"HX-Request": "true", **whose_mark})


def test_sent_twice_it_is_there_once(scene: Scene) -> None:
    first, again = sent(scene, scene.officer), sent(scene, scene.officer)
    activity = Activity.objects.get()
    told = {"told": "Xóm Trong (4 lượt hộ · 15 người được hướng dẫn)", "href": activity.get_absolute_url()}
    assert first.json() == again.json() == told
    assert (activity.channel, activity.done_on, activity.revision) == ("visit", DAY, 1)


def test_changed_after_the_first_answer_was_lost_both_are_told_and_nothing_is_changed(scene: Scene) -> None:
    sent(scene, scene.officer)
    answer = sent(scene, scene.officer, audience="20")
    assert answer.status_code == 409
    assert answer.json()["conflict"] == [
        {"name": "audience", "label": "Số người", "theirs": "15", "mine": "20", "value": "15"}
    ]
    assert Activity.objects.get().audience == 15


def test_with_the_revision_that_was_shown_mine_stands(scene: Scene) -> None:
    sent(scene, scene.officer)
    shown = sent(scene, scene.officer, audience="20").json()["revision"]
    assert sent(scene, scene.officer, audience="20", revision=shown).status_code == 200
    assert Activity.objects.get().audience == 20


def test_it_is_not_taken_from_another_who_signed_in_since(scene: Scene) -> None:
    hoa = hire("Hoa", (Role.OFFICER, scene.cast.commune))
    assert sent(scene, hoa, whose=scene.officer).status_code == 401
    assert not Activity.objects.exists()


def test_a_way_of_writing_that_is_no_longer_known_is_told_clearly(scene: Scene) -> None:
    answer = sent(scene, scene.officer, format="0")
    assert answer.status_code == 409
    assert "bản cũ của ứng dụng" in answer.json()["refused"]


@pytest.mark.parametrize(
    ("wrong", "name", "words"),
    [
        ({"done_on": "2025-03-12"}, "", "Ngày 12/03/2025 chưa tới"),
        ({"audience": "nhiều"}, "audience", "cần là số nguyên"),
        ({"campaign": "999"}, "campaign", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_place(scene: Scene, wrong: dict[str, str], name: str, words: str) -> None:
    answer = sent(scene, scene.officer, **wrong)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["name"] == name
    assert words in answer.json()["faults"][0]["text"]


def test_others_and_those_not_signed_in_send_nothing(scene: Scene, client: Any) -> None:
    assert sent(scene, scene.head).status_code == 200
    assert sent(scene, scene.cast.binh).status_code == 403
    assert sent(scene, hire("Ngoài", (Role.OFFICER, scene.cast.press))).status_code == 404
    address = f"/hoat-dong/don-vi/{scene.cast.commune.pk}/gui/"
    assert client.post(address, SENT, headers={"HX-Request": "true"}).status_code == 401


def test_taking_it_in_asks_the_database_little_first_and_again(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    client = signed_in_as(scene.officer)
    for queries, status, more in ((18, 200, {}), (8, 200, {}), (8, 409, {"audience": "20"})):
        with django_assert_max_num_queries(queries):
            assert sent(scene, scene.officer, client=client, **more).status_code == status


def test_a_photo_that_comes_in_asks_as_little_after_many_others_as_at_first(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    client = signed_in_as(scene.officer)
    address = f"/hoat-dong/don-vi/{scene.cast.commune.pk}/anh/made-on-the-device/"
    for number, queries in ((0, 14), (0, 7), *((n, 14) for n in range(1, 8)), (7, 7)):
        photo = pictures.sent(pictures.a_photo(number))
        with django_assert_max_num_queries(queries):
            assert client.post(address, {"photo": photo}).status_code == 200
    assert Photo.objects.count() == 8
