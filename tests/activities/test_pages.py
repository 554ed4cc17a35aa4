"""The pages of activities: recording, the list, photos, the wall; and who may see them."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cascades import of
from cast import DAY, NOW, hire, signed_in_as
from django.test import Client
from django.utils.html import escape
from pictures import HEIC, PROGRAM, a_photo, sent
from scenes import Scene

from lachan.activities import actions, photos
from lachan.activities.actions import Facts
from lachan.activities.models import Activity, Photo
from lachan.activities.totals import totals_for
from lachan.engine.activities import FilledFrom, Sum
from lachan.orgs.models import Role, Unit

FACTS = Facts("loudspeaker", DAY, "Phát bản tin cảnh báo", times=3, audience=900)
KEY = "a-key-of-the-page"


def typed(**more: Any) -> dict[str, Any]:
    return {"channel": "talk", "day": "today", "times": "", "request_key": KEY, "campaign": ""} | more


def is_today(page: str) -> bool:
    return bool(re.search(r'<input type="radio" name="day" value="today"[^>]*checked', page))


def record_page(unit: Unit) -> str:
    return f"/hoat-dong/don-vi/{unit.pk}/ghi/"


def recorded(scene: Scene, unit: Unit | None = None, *, facts: Facts = FACTS, key: str = "k" * 10) -> Activity:
    return actions.record(
        unit or scene.cast.commune, campaign=scene.campaign, facts=facts, request_key=key, by=scene.officer, now=NOW
    )


def with_photo(scene: Scene, number: int, *, link: str = "") -> Photo:
    key = f"photo-{number:06}"
    recorded(scene, facts=replace(FACTS, link=link), key=key)
    return photos.keep(scene.cast.commune, request_key=key, data=a_photo(number), by=scene.officer, now=NOW)


def as_officer(scene: Scene) -> Client:
    return signed_in_as(scene.officer)


def test_a_tap_on_the_channel_is_enough(scene: Scene) -> None:
    answer = as_officer(scene).post(record_page(scene.cast.commune), typed(campaign=scene.campaign.pk))
    assert answer.status_code == 302
    told = Activity.objects.get()
    assert (told.channel, told.done_on, told.times, told.audience, told.campaign) == (
        "talk", DAY, 1, None, scene.campaign,
    )  # fmt: skip


def test_the_only_campaign_is_chosen_already_and_so_is_today(scene: Scene) -> None:
    page = as_officer(scene).get(record_page(scene.cast.commune)).content.decode()
    assert f'<option value="{scene.campaign.pk}" selected>' in page
    assert is_today(page)


@pytest.mark.parametrize(("number", "read"), [("1250", 1250), ("1.250", 1250), ("1 250", 1250), ("", None)])
def test_numbers_are_read_as_officers_type_them(scene: Scene, number: str, read: int | None) -> None:
    as_officer(scene).post(record_page(scene.cast.commune), typed(audience=number))
    assert Activity.objects.get().audience == read


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"channel": ""}, "Chọn kênh tuyên truyền đã dùng."),
        ({"audience": "một trăm"}, "Anh/chị đã nhập “một trăm”."),
        ({"audience": "1,250"}, "có thể hiểu là 1.250 hoặc 1,25"),
        ({"times": "0"}, "cần từ 1 trở lên"),
        ({"link": "javascript:alert(1)"}, "cần là một địa chỉ trang"),
        ({"day": "other"}, "Ghi ngày đã làm"),
        ({"day": "other", "done_on": "32/13/2025"}, "cần là một ngày"),
        ({"day": "other", "done_on": "11/03/2025"}, "chưa tới"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(scene: Scene, wrong: dict[str, str], sentence: str) -> None:
    answer = as_officer(scene).post(record_page(scene.cast.commune), typed(what="Ở thôn Trung") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page and 'value="Ở thôn Trung"' in page
    assert not Activity.objects.exists()


def test_good_photos_stay_and_bad_ones_are_named(scene: Scene) -> None:
    files = [sent(a_photo(1), "tot.jpg"), sent(PROGRAM, "hoa.jpg"), sent(HEIC, "IMG_1.HEIC")]
    answer = as_officer(scene).post(record_page(scene.cast.commune), typed(what="Ở thôn Trung", photos=files))
    page = answer.content.decode()
    assert "“hoa.jpg”: đây là chương trình" in page and "“IMG_1.HEIC”: ảnh HEIC" in page
    assert "Đã giữ 1 ảnh" in page and 'value="Ở thôn Trung"' in page
    as_officer(scene).post(record_page(scene.cast.commune), typed())
    assert Activity.objects.get().photos.count() == 1


def test_more_photos_than_a_form_takes_are_told_not_lost(scene: Scene) -> None:
    files = [sent(a_photo(number), f"{number}.jpg") for number in range(photos.MOST_AT_ONCE + 2)]
    answer = as_officer(scene).post(record_page(scene.cast.commune), typed(photos=files))
    assert "còn 2 ảnh chưa nhận" in answer.content.decode()
    assert Photo.objects.count() == photos.MOST_AT_ONCE


def test_a_photo_sent_by_the_script_twice_is_one_photo(scene: Scene) -> None:
    address = f"/hoat-dong/don-vi/{scene.cast.commune.pk}/anh/{KEY}/"
    told = [as_officer(scene).post(address, {"photo": sent(a_photo(1))}).json() for _ in range(2)]
    assert told[0] == told[1] and Photo.objects.count() == 1


def test_the_script_is_told_why_a_photo_was_refused(scene: Scene) -> None:
    address = f"/hoat-dong/don-vi/{scene.cast.commune.pk}/anh/{KEY}/"
    answer = as_officer(scene).post(address, {"photo": sent(PROGRAM)})
    assert answer.status_code == 422 and "chương trình" in answer.json()["error"]


def test_photos_sent_before_a_reload_are_there_after_it(scene: Scene) -> None:
    as_officer(scene).post(f"/hoat-dong/don-vi/{scene.cast.commune.pk}/anh/{KEY}/", {"photo": sent(a_photo(1))})
    page = as_officer(scene).get(f"{record_page(scene.cast.commune)}?khoa={KEY}").content.decode()
    assert "Đã giữ 1 ảnh" in page


def test_a_copy_begins_with_all_but_the_day_and_the_link(scene: Scene) -> None:
    activity = recorded(scene, facts=replace(FACTS, done_on=DAY - timedelta(days=9), link="https://xa.example/1"))
    page = as_officer(scene).get(f"{record_page(scene.cast.commune)}?chep={activity.pk}").content.decode()
    assert 'value="Phát bản tin cảnh báo"' in page and 'value="900"' in page
    assert 'value="https://xa.example/1"' not in page and is_today(page)


def test_the_channel_used_most_comes_first(scene: Scene) -> None:
    for number in range(2):
        recorded(scene, facts=replace(FACTS, channel="contest"), key=f"contest-{number}")
    page = as_officer(scene).get(record_page(scene.cast.commune)).content.decode()
    assert page.index('value="contest"') < page.index('value="loudspeaker"')


def test_the_list_adds_up_what_it_shows(scene: Scene) -> None:
    recorded(scene)
    recorded(scene, key="other-key")
    page = as_officer(scene).get(f"/hoat-dong/don-vi/{scene.cast.commune.pk}/").content.decode()
    assert "6 lượt phát" in page and "1.800" in page


def test_a_withdrawn_activity_stays_in_the_list_and_counts_nowhere(scene: Scene) -> None:
    activity = recorded(scene)
    answer = as_officer(scene).post(f"/hoat-dong/{activity.pk}/rut/", {"because": "ghi trùng"}, follow=True)
    assert "Đã rút" in answer.content.decode()
    wanted = {"q": FilledFrom(Sum.TIMES)}
    assert totals_for(scene.cast.commune, scene.campaign, wanted) == {}


def test_a_number_leads_to_the_activities_it_came_from(scene: Scene, django_assert_num_queries: Any) -> None:
    recorded(scene)
    recorded(scene, facts=replace(FACTS, done_on=DAY - timedelta(days=3)), key="other-key")
    recorded(scene, facts=replace(FACTS, channel="talk", what="Nói chuyện"), key="third-key")
    wanted = {
        "broadcasts": FilledFrom(Sum.TIMES, frozenset({"loudspeaker"})),
        "pupils": FilledFrom(Sum.AUDIENCE, audiences=frozenset({"pupils"})),
    }
    with django_assert_num_queries(1):
        found = totals_for(scene.cast.commune, scene.campaign, wanted)
    assert set(found) == {"broadcasts"}
    filled = found["broadcasts"]
    assert (filled.value, filled.count, filled.first, filled.last) == (6, 2, DAY - timedelta(days=3), DAY)
    page = as_officer(scene).get(filled.href).content.decode()
    assert page.count("Phát bản tin cảnh báo</a>") == 2 and "Nói chuyện" not in page


def test_only_the_units_people_record(scene: Scene) -> None:
    address = record_page(scene.cast.commune)
    tam = hire("Tâm", (Role.COLLABORATOR, scene.cast.commune))
    stranger = hire("Sáu", (Role.OFFICER, scene.cast.ward))
    codes = [signed_in_as(who).get(address).status_code for who in (tam, scene.head, scene.district_officer, stranger)]
    assert codes == [200, 200, 403, 404]


def test_a_collaborator_does_not_change_what_others_recorded(scene: Scene) -> None:
    tam = hire("Tâm", (Role.COLLABORATOR, scene.cast.commune))
    activity = recorded(scene)
    assert signed_in_as(tam).get(f"/hoat-dong/{activity.pk}/sua/").status_code == 403
    assert signed_in_as(tam).post(f"/hoat-dong/{activity.pk}/rut/", {"because": "x"}).status_code == 403


def test_photos_are_seen_by_those_above_in_the_cascade_and_by_nobody_else(scene: Scene) -> None:
    photo = with_photo(scene, 1)
    education = hire("Sáu", (Role.OFFICER, scene.cast.education))
    for address in (f"/hoat-dong/anh/{photo.pk}/", f"/hoat-dong/anh/{photo.pk}/nho/"):
        seen_by = {
            who.name: signed_in_as(who).get(address).status_code
            for who in (scene.officer, scene.district_officer, scene.coordinator, education)
        }
        assert seen_by == {"Chi": 200, "Bình": 200, "Lan": 200, "Sáu": 404}
    assert Client().get(f"/hoat-dong/anh/{photo.pk}/").status_code == 302


def test_a_photo_is_served_as_the_jpeg_that_it_is(scene: Scene) -> None:
    answer = as_officer(scene).get(f"/hoat-dong/anh/{with_photo(scene, 1).pk}/")
    assert answer.content[:3] == b"\xff\xd8\xff"
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_browser_that_has_a_photo_is_not_sent_it_again(scene: Scene) -> None:
    address = f"/hoat-dong/anh/{with_photo(scene, 1).pk}/nho/"
    tag = as_officer(scene).get(address)["ETag"]
    assert as_officer(scene).get(address, headers={"if-none-match": tag}).status_code == 304


def test_a_photo_is_taken_away_by_who_may_change_the_activity(scene: Scene) -> None:
    photo = with_photo(scene, 1)
    address = f"/hoat-dong/anh/{photo.pk}/bo/"
    assert signed_in_as(scene.district_officer).post(address).status_code == 404
    assert as_officer(scene).post(address).status_code == 302
    assert not Photo.objects.exists()


def test_the_wall_shows_the_branch_and_only_to_its_people(scene: Scene) -> None:
    with_photo(scene, 1)
    district = of(scene.cast.district, scene.campaign).pk
    whole, branch = (f"/chien-dich/{scene.campaign.pk}/hoat-dong/{part}" for part in ("", f"{district}/"))
    assert "Phát bản tin cảnh báo" in signed_in_as(scene.coordinator).get(whole).content.decode()
    assert "Phát bản tin cảnh báo" in signed_in_as(scene.district_officer).get(branch).content.decode()
    assert signed_in_as(scene.district_officer).get(whole).status_code == 404
    assert signed_in_as(scene.officer).get(branch).status_code == 404


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("kenh=loudspeaker", True),
        ("kenh=sms", False),
        ("tu=11/03/2025", False),
        ("den=10/03/2025", True),
        ("tu=x", True),
    ],
)
def test_the_wall_is_filtered(scene: Scene, query: str, is_shown: bool) -> None:
    with_photo(scene, 1)
    page = signed_in_as(scene.coordinator).get(f"/chien-dich/{scene.campaign.pk}/hoat-dong/?{query}").content.decode()
    assert ("Phát bản tin cảnh báo" in page) is is_shown


def test_names_from_people_are_escaped(scene: Scene) -> None:
    nasty = '<script>alert("x")</script>'
    recorded(scene, facts=replace(FACTS, what=nasty, link="https://xa.example/"))
    page = signed_in_as(scene.coordinator).get(f"/chien-dich/{scene.campaign.pk}/hoat-dong/").content.decode()
    assert nasty not in page and escape(nasty) in page


def queries(client: Client, address: str, counting: Any) -> int:
    client.get(address)
    with counting as made:
        assert client.get(address).status_code == 200
    return len(made)


@pytest.mark.parametrize("page", ["listed", "wall", "record", "activity"])
def test_a_page_asks_as_much_for_many_activities_as_for_few(
    scene: Scene, page: str, django_assert_max_num_queries: Any
) -> None:
    first = with_photo(scene, 0)
    addresses = {
        "listed": f"/hoat-dong/don-vi/{scene.cast.commune.pk}/",
        "wall": f"/chien-dich/{scene.campaign.pk}/hoat-dong/",
        "record": record_page(scene.cast.commune),
        "activity": f"/hoat-dong/{first.activity_id}/",
    }
    client = signed_in_as(scene.coordinator if page == "wall" else scene.officer)
    few = queries(client, addresses[page], django_assert_max_num_queries(40))
    for number in range(1, 9):
        with_photo(scene, number)
        photos.keep(
            scene.cast.commune, request_key=first.request_key, data=a_photo(90 + number), by=scene.officer, now=NOW
        )
    assert queries(client, addresses[page], django_assert_max_num_queries(few)) <= few


def several(*lines: dict[str, str], **more: str) -> dict[str, str]:
    head = {"request_key": KEY, "campaign": "", "dong-TOTAL_FORMS": str(len(lines)), "dong-INITIAL_FORMS": "0"}
    return head | {f"dong-{n}-{name}": text for n, line in enumerate(lines) for name, text in line.items()} | more


def several_page(scene: Scene) -> str:
    return f"/hoat-dong/don-vi/{scene.cast.commune.pk}/nhieu/"


LINE = {"channel": "talk", "audience": "40", "audiences": "elderly"}


def test_several_lines_are_recorded_and_empty_ones_passed_over(scene: Scene) -> None:
    as_officer(scene).post(several_page(scene), several(LINE, {}, {"channel": "sms", "done_on": "09/03/2025"}))
    assert [(one.channel, one.done_on, one.audiences) for one in Activity.objects.order_by("id")] == [
        ("talk", DAY, ["elderly"]),
        ("sms", DAY - timedelta(days=1), []),
    ]


def test_a_page_of_lines_sent_twice_is_recorded_once(scene: Scene) -> None:
    for _ in range(2):
        as_officer(scene).post(several_page(scene), several(LINE, LINE))
    assert Activity.objects.count() == 2


def test_a_wrong_line_is_named_and_none_is_recorded(scene: Scene) -> None:
    answer = as_officer(scene).post(several_page(scene), several(LINE, {"audience": "nhiều"}))
    assert "“Số người tiếp cận, dòng 2”" in answer.content.decode()
    assert answer.status_code == 422 and not Activity.objects.exists()


def test_more_lines_keep_what_was_typed(scene: Scene) -> None:
    page = as_officer(scene).post(several_page(scene), several(LINE | {"what": "Ở thôn Trung"}, more="1"))
    text = page.content.decode()
    assert 'value="Ở thôn Trung"' in text and 'name="dong-TOTAL_FORMS" value="6"' in text
