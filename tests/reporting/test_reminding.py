"""Reminders as the hours pass: each once, to those who can act."""

from datetime import timedelta

from cascades import DUE
from cast import NOW, hire
from scenes import Scene

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Campaign
from lachan.engine.reminders import Rules
from lachan.notices.models import Kind, Notice
from lachan.orgs.models import Role
from lachan.reporting.actions import returns
from lachan.reporting.reminding import remind


def after(scene: Scene, days: int, hours: int = 0) -> list[tuple[str, str]]:
    """Remind so long after the due time, and say who has been told what since the beginning."""
    remind(now=DUE + timedelta(days=days, hours=hours))
    found = Notice.objects.filter(kind__in=[Kind.REMINDER, Kind.ESCALATED]).select_related("person")
    return sorted((one.person.name, one.words) for one in found)


def only(told: list[tuple[str, str]], name: str) -> list[str]:
    return [words for who, words in told if who == name]


def test_the_officer_is_reminded_three_days_before(scene: Scene) -> None:
    assert after(scene, -4) == []
    assert after(scene, -3) == [("Bình", "Còn 3 ngày đến hạn báo cáo"), ("Chi", "Còn 3 ngày đến hạn báo cáo")]


def test_running_every_hour_tells_each_thing_once(scene: Scene) -> None:
    told = [after(scene, -3, hour) for hour in range(14)]
    assert told[0] == told[-1]


def test_through_the_days_each_step_comes_once(scene: Scene) -> None:
    for day in range(-6, 8):
        told = after(scene, day)
    assert only(told, "Chi") == [
        "Báo cáo đã quá hạn 1 ngày",
        "Báo cáo đã quá hạn 3 ngày",
        "Còn 2 ngày đến hạn báo cáo",  # the due day is a Sunday: on the Friday before
        "Còn 3 ngày đến hạn báo cáo",
    ]
    assert only(told, "Giang") == ["Đơn vị quá hạn báo cáo 2 ngày"]
    assert "3 đơn vị cấp dưới quá hạn báo cáo từ 5 ngày" in only(told, "Bình")
    assert only(told, "Lan") == ["3 đơn vị cấp dưới quá hạn báo cáo từ 5 ngày"]


def test_after_a_week_of_rest_nobody_gets_a_heap(scene: Scene) -> None:
    told = after(scene, 7)
    assert only(told, "Chi") == ["Báo cáo đã quá hạn 7 ngày"]
    assert after(scene, 8) == told


def test_a_unit_that_has_reported_is_left_alone(scene: Scene) -> None:
    version = returns.submit(
        scene.owed(scene.cast.commune), typed=scene.typed(), request_key="a", by=scene.officer, now=NOW
    )
    returns.approve(version, by=scene.head, now=NOW)
    assert only(after(scene, 3), "Chi") == []


def test_what_waits_for_the_head_reminds_the_head_and_not_the_officer(scene: Scene) -> None:
    returns.submit(scene.owed(scene.cast.commune), typed=scene.typed(), request_key="a", by=scene.officer, now=NOW)
    told = after(scene, 1)
    assert only(told, "Giang") == ["Báo cáo đã đến hạn, đang chờ anh/chị duyệt"]
    assert only(told, "Chi") == []


def test_where_there_is_no_officer_the_head_is_reminded(scene: Scene) -> None:
    hire("Sơn", (Role.HEAD, scene.cast.township))
    assert only(after(scene, -3), "Sơn") == ["Còn 3 ngày đến hạn báo cáo"]


def test_a_campaign_that_is_closed_reminds_of_nothing(scene: Scene) -> None:
    campaigns.close(scene.campaign, by=scene.coordinator, now=NOW)
    assert after(scene, 1) == []


def test_the_coordinator_changes_the_rules_of_one_campaign(scene: Scene) -> None:
    rules = Rules(days=(-7,), head_after=None, superior_after=None)
    campaigns.set_reminders(scene.campaign, rules=rules, by=scene.coordinator, now=NOW)
    assert Campaign.objects.get(pk=scene.campaign.pk).reminder_rules == rules
    assert only(after(scene, -7), "Chi") == ["Còn 7 ngày đến hạn báo cáo"]
    assert len(after(scene, 9)) == 2
