"""What happens when an activity is recorded, put right, withdrawn; and its photos."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cast import DAY, NOW, hire
from pictures import PROGRAM, a_photo
from scenes import Scene

from lachan.activities import actions, photos
from lachan.activities.actions import Facts
from lachan.activities.models import Activity, Photo
from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.models import Role

FACTS = Facts("talk", DAY, "Nói chuyện ở thôn Trung", times=2, audience=150, audiences=("elderly",))


def recorded(scene: Scene, facts: Facts = FACTS, key: str = "key-one-1") -> Activity:
    return actions.record(
        scene.cast.commune, campaign=scene.campaign, facts=facts, request_key=key, by=scene.officer, now=NOW
    )


def kept(scene: Scene, data: bytes, key: str = "key-one-1") -> Photo:
    return photos.keep(scene.cast.commune, request_key=key, data=data, by=scene.officer, now=NOW)


def test_recording_twice_with_one_key_records_once(scene: Scene) -> None:
    assert recorded(scene) == recorded(scene)
    assert Activity.objects.count() == 1


def test_an_activity_without_words_is_named_by_channel_and_campaign(scene: Scene) -> None:
    told = recorded(scene, replace(FACTS, what=""))
    assert told.what == "Tuyên truyền trực tiếp: Phòng, chống lừa đảo trực tuyến năm 2025"


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FACTS, done_on=DAY + timedelta(days=1)),
        replace(FACTS, done_on=DAY - timedelta(days=401)),
        replace(FACTS, channel="drone"),
        replace(FACTS, times=0),
        replace(FACTS, audience=99_999_999),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(scene: Scene, wrong: Facts) -> None:
    with pytest.raises(Refused):
        recorded(scene, wrong)
    assert not Activity.objects.exists()


def test_a_campaign_of_somebody_else_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused):
        actions.record(
            scene.cast.ward, campaign=scene.campaign, facts=FACTS, request_key="k" * 8, by=scene.officer, now=NOW
        )


def test_every_change_is_in_the_trail_with_what_it_was(scene: Scene) -> None:
    activity = recorded(scene)
    told = replace(FACTS, audience=120)
    actions.revise(activity, campaign=scene.campaign, facts=told, revision=1, by=scene.head, now=NOW)
    entry = AuditEntry.objects.get(verb="activities.revise")
    assert entry.detail == {"changed": {"audience": [150, 120]}}
    assert audit.verify().fault is None


def test_saving_without_a_change_leaves_no_trace(scene: Scene) -> None:
    activity = recorded(scene)
    actions.revise(activity, campaign=scene.campaign, facts=FACTS, revision=1, by=scene.head, now=NOW)
    assert not AuditEntry.objects.filter(verb="activities.revise").exists()


def test_who_did_not_see_the_newest_version_does_not_overwrite_it(scene: Scene) -> None:
    activity = recorded(scene)
    for audience, revision in ((120, 1), (90, 1)):
        told = {"campaign": scene.campaign, "facts": replace(FACTS, audience=audience), "revision": revision}
        if audience == 90:
            with pytest.raises(Refused):
                actions.revise(activity, **told, by=scene.officer, now=NOW)
        else:
            actions.revise(activity, **told, by=scene.head, now=NOW)
    activity.refresh_from_db()
    assert activity.audience == 120


def test_a_withdrawn_activity_is_not_put_right_any_more(scene: Scene) -> None:
    activity = recorded(scene)
    actions.withdraw(activity, because="ghi trùng", by=scene.officer, now=NOW)
    with pytest.raises(Refused):
        actions.revise(activity, campaign=None, facts=FACTS, revision=1, by=scene.officer, now=NOW)


def test_the_same_photo_twice_is_kept_once(scene: Scene) -> None:
    assert kept(scene, a_photo(1)) == kept(scene, a_photo(1))
    assert Photo.objects.count() == 1


def test_a_photo_sent_before_the_record_joins_it(scene: Scene) -> None:
    photo = kept(scene, a_photo(1))
    activity = recorded(scene)
    assert list(activity.photos.all()) == [photo]


def test_a_photo_sent_after_the_record_joins_it_too(scene: Scene) -> None:
    activity = recorded(scene)
    assert kept(scene, a_photo(1)).activity == activity


def test_a_program_named_as_a_photo_is_refused_and_leaves_nothing(scene: Scene) -> None:
    with pytest.raises(Refused, match="chương trình chứ không phải ảnh"):
        kept(scene, PROGRAM)
    assert not Photo.objects.exists()


def test_a_photo_taken_away_is_gone_with_its_files(scene: Scene, django_capture_on_commit_callbacks: object) -> None:
    photo = kept(scene, a_photo(1))
    folder = photo.file.storage
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        photos.remove(photo, by=scene.officer, now=NOW)
    assert not folder.exists(str(photo.file.name)) and not folder.exists(str(photo.thumbnail.name))


def test_several_lines_are_recorded_once_however_often_they_are_sent(scene: Scene) -> None:
    lines = [(f"line-{n:04}", replace(FACTS, audience=n)) for n in range(3)]
    told = {"campaign": scene.campaign, "lines": lines, "by": scene.officer, "now": NOW}
    counts = [actions.record_several(scene.cast.commune, **told) for _ in range(2)]
    assert counts == [3, 0]


def test_one_wrong_line_stops_them_all(scene: Scene) -> None:
    lines = [("line-0001", FACTS), ("line-0002", replace(FACTS, times=0))]
    with pytest.raises(Refused):
        actions.record_several(scene.cast.commune, campaign=None, lines=lines, by=scene.officer, now=NOW)
    assert not Activity.objects.exists()


def test_a_collaborator_changes_only_what_they_recorded(scene: Scene) -> None:
    from lachan.activities.access import may_change

    tam = hire("Tâm", (Role.COLLABORATOR, scene.cast.commune))
    own = actions.record(scene.cast.commune, campaign=None, facts=FACTS, request_key="key-two-2", by=tam, now=NOW)
    assert (may_change(tam, own), may_change(tam, recorded(scene)), may_change(scene.head, own)) == (True, False, True)


def test_photos_of_a_record_that_was_never_saved_are_cleared_and_others_stay(scene: Scene) -> None:
    kept(scene, a_photo(1), key="left-behind")
    recorded(scene)
    saved = kept(scene, a_photo(2))
    assert photos.clear(before=NOW + timedelta(days=8)) == 1
    assert list(Photo.objects.all()) == [saved]


def test_a_collaborator_adds_no_photo_to_what_somebody_else_recorded(scene: Scene) -> None:
    recorded(scene)
    tam = hire("Tâm", (Role.COLLABORATOR, scene.cast.commune))
    with pytest.raises(Refused, match="do người khác ghi"):
        photos.keep(scene.cast.commune, request_key="key-one-1", data=a_photo(1), by=tam, now=NOW)
    assert not Photo.objects.exists()
