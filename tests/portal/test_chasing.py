"""Pressing units from the standing: one press for a list, or those ticked with a word to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from cascades import of
from cast import NOW, found, hire, signed_in_as
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from scenes import Scene

from lachan.campaigns import actions as campaigns
from lachan.campaigns.models import Assignment, Chase, Dispatch
from lachan.notices.models import Kind, Notice
from lachan.orgs.models import Role, Unit

pytestmark = pytest.mark.usefixtures("clock")


def address(scene: Scene, state: str = "bao-cao", top: int = 0) -> str:
    return f"/chien-dich/{scene.campaign.pk}/don-doc/{top}/?thieu={state}"


def coordinator(scene: Scene) -> Client:
    return signed_in_as(scene.coordinator)


def words(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def chased(scene: Scene) -> set[str]:
    return set(Chase.objects.values_list("assignment__unit_name", flat=True))


def test_one_press_on_a_list_reaches_all_of_it_and_says_whom(scene: Scene) -> None:
    listing = words(coordinator(scene), f"/chien-dich/{scene.campaign.pk}/tinh-hinh/?thieu=bao-cao")
    assert "Đôn đốc 6 đơn vị" in listing
    answer = coordinator(scene).post(address(scene), {"tat_ca": "1"}, follow=True)
    assert chased(scene) == {"Huyện Bến Đá", "Xã Gò Cao"}
    said = " ".join(answer.content.decode().split())
    assert "Đã đôn đốc 2 đơn vị, 4 người nhận thông báo." in said
    assert "4 đơn vị không có ai nhận được" in said


def test_only_those_ticked_are_told_with_the_words_written_to_them(scene: Scene) -> None:
    commune = of(scene.cast.commune, scene.campaign)
    coordinator(scene).post(address(scene), {"don_vi": [commune.pk], "loi_nhan": "Gửi trước 17 giờ."})
    assert chased(scene) == {"Xã Gò Cao"}
    assert set(Notice.objects.filter(kind=Kind.CHASED).values_list("person__name", "remark")) == {
        ("Chi", "Gửi trước 17 giờ."),
        ("Giang", "Gửi trước 17 giờ."),
    }


def test_the_page_says_whom_it_would_reach_and_when_it_was_last(
    scene: Scene, clock: Callable[[datetime], None]
) -> None:
    coordinator(scene).post(address(scene), {"tat_ca": "1"})
    clock(NOW + timedelta(days=2))
    page = words(coordinator(scene), address(scene))
    assert "Chi, Giang" in page
    assert "10/03/2025" in page


def test_a_second_press_on_the_same_day_changes_nothing(scene: Scene) -> None:
    for _ in range(2):
        answer = coordinator(scene).post(address(scene), {"tat_ca": "1"}, follow=True)
    assert Notice.objects.filter(kind=Kind.CHASED).count() == 4
    assert "2 đơn vị đã được đôn đốc hôm nay." in answer.content.decode()
    assert 'type="checkbox"' not in answer.content.decode()
    assert "Hôm nay mọi đơn vị trong danh sách này đã được đôn đốc." in answer.content.decode()
    assert "Đôn đốc các đơn vị đã chọn" not in answer.content.decode()


def test_units_where_nobody_has_an_account_are_listed_with_their_telephones(scene: Scene) -> None:
    Unit.objects.filter(pk=scene.cast.press.pk).update(phone="0237 385 1234")
    assert "0237 385 1234" in words(coordinator(scene), address(scene))
    sheet = coordinator(scene).get(f"/chien-dich/{scene.campaign.pk}/don-doc/0/can-goi-dien.xlsx?thieu=bao-cao")
    rows = [row for row in load_workbook(BytesIO(sheet.content)).active.values if "Báo Sông Lam" in row]  # type: ignore[union-attr]
    assert "0237 385 1234" in rows[0]
    assert "20/03" not in str(rows[0][:4])


def test_the_history_of_the_assignment_shows_it(scene: Scene) -> None:
    coordinator(scene).post(address(scene), {"tat_ca": "1", "loi_nhan": "Gấp."})
    page = words(signed_in_as(scene.officer), of(scene.cast.commune, scene.campaign).get_absolute_url())
    assert "Cấp trên đôn đốc: chưa gửi báo cáo" in page
    assert "Gấp." in page


def test_what_was_written_is_not_lost_when_nothing_is_ticked(scene: Scene) -> None:
    answer = coordinator(scene).post(address(scene), {"loi_nhan": "Gửi trước 17 giờ.", "don_vi": ["x", "9" * 40]})
    assert answer.status_code == 422
    assert "Chưa chọn đơn vị nào" in answer.content.decode()
    assert "Gửi trước 17 giờ.</textarea>" in answer.content.decode()


def test_a_message_that_is_too_long_is_refused_with_its_length(scene: Scene) -> None:
    answer = coordinator(scene).post(address(scene), {"loi_nhan": "a" * 501, "tat_ca": "1"})
    assert "dài 501 ký tự" in answer.content.decode()
    assert not Chase.objects.exists()


def test_a_unit_presses_its_own_branch_only(scene: Scene) -> None:
    district = of(scene.cast.district, scene.campaign)
    press = of(scene.cast.press, scene.campaign)
    client = signed_in_as(scene.district_officer)
    client.post(address(scene, top=district.pk), {"don_vi": [of(scene.cast.commune, scene.campaign).pk, press.pk]})
    assert chased(scene) == {"Xã Gò Cao"}
    assert client.post(address(scene), {"tat_ca": "1"}).status_code == 404
    assert signed_in_as(scene.officer).post(address(scene, top=district.pk), {"tat_ca": "1"}).status_code == 404


@pytest.mark.parametrize("state", ["tat-ca", "da-bao-cao", "x", ""])
def test_a_list_that_lacks_nothing_cannot_be_pressed(scene: Scene, state: str) -> None:
    assert coordinator(scene).get(address(scene, state)).status_code == 404


def test_a_campaign_that_has_ended_offers_no_pressing(scene: Scene) -> None:
    campaigns.close(scene.campaign, by=scene.coordinator, now=NOW)
    assert "Đôn đốc các đơn vị" not in words(coordinator(scene), address(scene))
    assert coordinator(scene).post(address(scene), {"tat_ca": "1"}).status_code == 409


def test_the_page_takes_as_many_queries_for_many_units_as_for_few(scene: Scene) -> None:
    dispatch, taken = Dispatch.objects.filter(campaign=scene.campaign).first(), []
    for size in (2, 30):
        for number in range(size):
            unit = found(f"99{size}{number:03}", f"Xã {size} {number}", "commune", scene.cast.district)
            hire(f"cb{size}{number}", (Role.OFFICER, unit))
            Assignment.objects.create(
                campaign=scene.campaign, dispatch=dispatch, unit=unit, path=f"{unit.pk}.", unit_name=unit.code
            )
        with CaptureQueriesContext(connection) as queries:
            coordinator(scene).get(address(scene, "mo"))
        taken.append(len(queries))
    assert taken[0] == taken[1]
