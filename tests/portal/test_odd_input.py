"""What no browser of ours sends, sent anyway: each gets a page that says so, never a fault."""

import pytest
from cascades import of
from cast import Cast, signed_in_as
from scenes import set_up

from lachan.campaigns.models import Chase

NO_KEY = ["²", "abc", "-1", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("key", NO_KEY)
def test_a_branch_that_cannot_be_is_not_found_or_passed_over(cast: Cast, key: str) -> None:
    scene = set_up(cast)
    answer = signed_in_as(scene.coordinator).get(
        f"/chien-dich/{scene.campaign.pk}/tinh-hinh/", {"thieu": "mo", "nhanh": key}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("key", NO_KEY)
def test_rows_that_cannot_be_are_passed_over(cast: Cast, key: str) -> None:
    scene = set_up(cast)
    branch, client = of(cast.district, scene.campaign), signed_in_as(scene.district_officer)
    arriving = f"/chien-dich/{scene.campaign.pk}/bao-cao-den/{branch.pk}/"
    assert client.post(arriving, {"version": [key]}).status_code == 302
    assert client.post(f"/giao-viec/{branch.pk}/trien-khai/", {"lam": "giao", "units": [key]}).status_code == 422


def test_a_zero_character_is_passed_over_in_a_search(cast: Cast) -> None:
    scene = set_up(cast)
    answer = signed_in_as(scene.coordinator).get(f"/chien-dich/{scene.campaign.pk}/tinh-hinh/", {"q": "gò\0 cao"})
    assert "Xã Gò Cao" in answer.content.decode()


def test_a_remark_is_kept_without_its_zero_characters(cast: Cast) -> None:
    scene = set_up(cast)
    chase = f"/chien-dich/{scene.campaign.pk}/don-doc/0/?thieu=bao-cao"
    signed_in_as(scene.coordinator).post(chase, {"tat_ca": "1", "loi_nhan": "Gửi\0 ngay"})
    assert set(Chase.objects.values_list("remark", flat=True)) == {"Gửi ngay"}


@pytest.mark.parametrize("key", ["\0", "", "a\0b"])
def test_a_submit_without_a_fit_key_is_taken(cast: Cast, key: str) -> None:
    scene = set_up(cast)
    owed = scene.owed(cast.commune)
    signed_in_as(scene.officer).post(f"/bao-cao/{owed.pk}/", scene.posted(7, key=key))
    assert owed.returns.get().values[scene.number.key] == 7
