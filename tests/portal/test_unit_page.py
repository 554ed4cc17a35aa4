"""The page of a unit: who, where, what it owes, what it did; for whom; and its price."""

import pytest
from cascades import a_campaign, of, reported
from cast import Cast, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from scenes import Scene, set_up

from lachan.orgs.models import Role, Unit


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_up(cast)


def page(client: Client, unit: Unit) -> str:
    return client.get(f"/don-vi/{unit.pk}/").content.decode()


def test_it_tells_what_the_unit_owes_with_a_link(scene: Scene) -> None:
    shown = page(signed_in_as(scene.district_officer), scene.cast.commune)
    assert f'<a href="{scene.owed(scene.cast.commune).get_absolute_url()}">' in shown
    assert "30/03/2025" in shown


def test_a_report_that_was_sent_is_owed_no_longer(scene: Scene) -> None:
    reported(of(scene.cast.commune, scene.campaign), by=scene.head)
    assert "Không còn báo cáo nào phải gửi" in page(signed_in_as(scene.district_officer), scene.cast.commune)


def test_it_tells_the_campaigns_a_unit_was_given_and_those_it_runs(scene: Scene) -> None:
    assert "Sở Thông tin và Truyền thông" in page(signed_in_as(scene.cast.an), scene.cast.district)
    assert "Chiến dịch đơn vị chủ trì" in page(signed_in_as(scene.cast.an), scene.cast.department)


def test_work_that_one_may_not_open_has_no_link(scene: Scene) -> None:
    """Somebody above in the tree, but with no part in the cascade."""
    editor = hire("Em", (Role.EDITOR, scene.cast.commune))
    shown = page(signed_in_as(editor), scene.cast.commune)
    assert escape(scene.campaign.name) in shown
    assert scene.owed(scene.cast.commune).get_absolute_url() not in shown


def test_a_stranger_sees_name_place_and_contacts_and_no_work(scene: Scene) -> None:
    scene.cast.commune.phone = "0237 3123 456"
    scene.cast.commune.save()
    shown = page(signed_in_as(hire("Em", (Role.OFFICER, scene.cast.ward))), scene.cast.commune)
    assert "0237 3123 456" in shown
    assert "Còn phải báo cáo" not in shown
    assert scene.officer.email not in shown


def price(client: Client, unit: Unit) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, unit)
    return len(asked)


def test_the_price_does_not_grow_with_campaigns_and_people(scene: Scene) -> None:
    client = signed_in_as(scene.district_officer)
    page(client, scene.cast.district)
    before = price(client, scene.cast.district)
    for number in range(4):
        a_campaign(scene.cast.education, [scene.cast.district, scene.cast.press], by=scene.cast.an)
        hire(f"Em{number}", (Role.OFFICER, scene.cast.district))
    assert price(client, scene.cast.district) == before


def test_the_code_on_the_exchange_is_offered_to_those_who_may_give_it(scene: Scene) -> None:
    district = scene.cast.district
    to_the_code = f'"/don-vi/{district.pk}/ma-dinh-danh/"'
    assert to_the_code in page(signed_in_as(scene.cast.an), district)
    assert to_the_code not in page(signed_in_as(scene.district_officer), district)
