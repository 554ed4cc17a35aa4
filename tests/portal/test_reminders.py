"""The coordinator of a campaign says when its units are reminded."""

import pytest
from cast import signed_in_as
from scenes import Scene

from lachan.campaigns.models import Campaign
from lachan.engine.reminders import Rules


def address(scene: Scene) -> str:
    return f"/chien-dich/{scene.campaign.pk}/nhac-han/"


def kept(scene: Scene) -> Rules:
    return Campaign.objects.get(pk=scene.campaign.pk).reminder_rules


def typed(**other: str) -> dict[str, str]:
    return {"before": "7, 3", "on_the_day": "on", "after": "2", "head_after": "4", "superior_after": "", **other}


def test_the_page_shows_the_rules_in_force(scene: Scene) -> None:
    page = signed_in_as(scene.coordinator).get(address(scene)).content.decode()
    assert 'name="before" value="3"' in page
    assert 'name="after" value="1, 3"' in page


def test_what_is_typed_becomes_the_rules(scene: Scene) -> None:
    answer = signed_in_as(scene.coordinator).post(address(scene), typed())
    assert answer.status_code == 302
    assert kept(scene) == Rules((-7, -3, 0, 2), head_after=4, superior_after=None)


def test_everything_may_be_switched_off(scene: Scene) -> None:
    signed_in_as(scene.coordinator).post(address(scene), {"before": "", "after": "", "head_after": ""})
    assert kept(scene) == Rules((), None, None)


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("before", "ba"),
        ("before", "0"),
        ("after", "99"),
        ("after", "1 2 3 4 5 6"),
        ("after", "9" * 30),
        ("head_after", "-1"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(scene: Scene, box: str, text: str) -> None:
    answer = signed_in_as(scene.coordinator).post(address(scene), typed(**{box: text}))
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.content.decode()
    assert kept(scene) == Rules()


def test_only_those_who_run_the_campaign_may(scene: Scene) -> None:
    assert signed_in_as(scene.district_officer).get(address(scene)).status_code == 404
    assert signed_in_as(scene.district_officer).post(address(scene), typed()).status_code == 404
    assert kept(scene) == Rules()
