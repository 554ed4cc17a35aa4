"""The level above presses units for what they owe: once a day for the same thing."""

from datetime import timedelta

import pytest
from cascades import a_campaign, of
from cast import NOW, Cast

from lachan.campaigns import actions
from lachan.campaigns.chasing import Chased, chase
from lachan.campaigns.models import Campaign, Chase
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.notices.actions import choose
from lachan.notices.models import Kind, Notice, Way


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return a_campaign(cast.department, [cast.district, cast.commune, cast.press], by=cast.an)


def pressed(campaign: Campaign, cast: Cast, day: int = 0, about: Chase.About = Chase.About.OPENED) -> Chased:
    everybody = list(campaign.assignments.values_list("pk", flat=True))
    now = NOW + timedelta(days=day)
    return chase(campaign, everybody, about=about, remark=" Gửi trước 17 giờ. ", by=cast.an, now=now)


def test_it_says_whom_it_reached_and_where_nobody_was(campaign: Campaign, cast: Cast) -> None:
    done = pressed(campaign, cast)
    assert {one.unit_name for one in done.reached} == {"Huyện Bến Đá", "Xã Gò Cao"}
    assert (done.people, [one.unit_name for one in done.nobody]) == (3, ["Báo Sông Lam"])


def test_people_read_what_is_missing_and_what_was_written(campaign: Campaign, cast: Cast) -> None:
    pressed(campaign, cast)
    notice = Notice.objects.get(kind=Kind.CHASED, person=cast.chi)
    assert notice.words == "Cấp trên đôn đốc: đơn vị chưa mở văn bản được giao"
    assert (notice.remark, notice.href) == ("Gửi trước 17 giờ.", f"/giao-viec/{of(cast.commune, campaign).pk}/")


def test_a_unit_is_chased_once_a_day_for_the_same_thing(campaign: Campaign, cast: Cast) -> None:
    pressed(campaign, cast)
    again = pressed(campaign, cast)
    assert (again.reached, len(again.before)) == ([], 2)
    assert Notice.objects.filter(kind=Kind.CHASED).count() == 3


def test_on_another_day_or_for_another_thing_it_may_be_chased_again(campaign: Campaign, cast: Cast) -> None:
    pressed(campaign, cast)
    assert len(pressed(campaign, cast, about=Chase.About.REPORTED).reached) == 2
    assert len(pressed(campaign, cast, day=1).reached) == 2


def test_a_unit_whose_people_switched_it_off_counts_as_not_reached(campaign: Campaign, cast: Cast) -> None:
    choose(cast.chi, {Kind.CHASED: Way.OFF}, now=NOW)
    assert {one.unit_name for one in pressed(campaign, cast).nobody} == {"Báo Sông Lam", "Xã Gò Cao"}


def test_a_chase_is_in_the_audit_trail(campaign: Campaign, cast: Cast) -> None:
    pressed(campaign, cast)
    entry = AuditEntry.objects.get(verb="campaigns.chase")
    assert (entry.by_name, len(entry.detail["assignments"])) == ("An", 2)


def test_nobody_is_chased_once_the_campaign_has_ended(campaign: Campaign, cast: Cast) -> None:
    actions.close(campaign, by=cast.an, now=NOW)
    with pytest.raises(Refused):
        pressed(campaign, cast)


def test_units_of_another_campaign_are_left_alone(campaign: Campaign, cast: Cast) -> None:
    other = a_campaign(cast.education, [cast.ward], by=cast.an)
    keys = list(other.assignments.values_list("pk", flat=True))
    done = chase(campaign, keys, about=Chase.About.OPENED, remark="", by=cast.an, now=NOW)
    assert (done.reached, done.nobody) == ([], [])
