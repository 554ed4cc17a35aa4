"""The screens of the cascade as its people see them, wide and on a phone, and passing on without a script."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from cascades import a_campaign, of, passed_on, reported
from cast import NOW, Cast, hire
from playwright.sync_api import Page, expect
from screens import held, sign_in

from lachan.campaigns.models import Campaign
from lachan.orgs.actions import Founding, found_units
from lachan.orgs.models import Role, Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def schools(cast: Cast) -> list[Unit]:
    kinds = {"Trường Tiểu học": "primary-school", "Trường Trung học cơ sở": "lower-secondary-school"}
    return found_units(
        [
            Founding(code=f"{kind}-{n}", name=f"{word} Gò Cao {n}", kind=kind, parent=cast.district)
            for word, kind in kinds.items()
            for n in range(1, 13)
        ],
        by=None,
        now=NOW,
    )


@pytest.fixture
def campaign(cast: Cast, schools: list[Unit], monkeypatch: pytest.MonkeyPatch) -> Campaign:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    campaign = a_campaign(cast.department, [cast.district, cast.city, cast.press, cast.education], by=cast.an)
    passed_on(of(cast.district, campaign), [cast.commune, *schools[:9]], by=cast.binh)
    for school in schools[:4]:
        reported(of(school, campaign), by=cast.binh)
    return campaign


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def look(page: Page, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        held(page)


def test_the_screens_of_the_owner(sized: Page, cast: Cast, campaign: Campaign) -> None:
    sign_in(sized, cast.an)
    here, district = f"/chien-dich/{campaign.pk}/", of(cast.district, campaign).pk
    look(sized, f"/viec/{cast.province.pk}/", "/chien-dich/", here, f"{here}tinh-hinh/", f"{here}tinh-hinh/{district}/")
    look(sized, f"{here}tinh-hinh/?thieu=bao-cao", f"{here}tinh-hinh/?q=khong-co", f"/giao-viec/{district}/")


def test_the_screens_of_a_unit(sized: Page, cast: Cast, campaign: Campaign) -> None:
    sign_in(sized, cast.binh)
    given = f"/giao-viec/{of(cast.district, campaign).pk}/"
    look(sized, "/", given, f"{given}trien-khai/")


def test_the_screens_of_somebody_new(sized: Page, cast: Cast) -> None:
    look(sized, "/")
    sign_in(sized, hire("Giang"))
    look(sized, "/")
    sign_in(sized, hire("Hoa", (Role.OFFICER, cast.press), (Role.HEAD, cast.education)))
    look(sized, "/")


def test_passing_on_works_without_a_script(tab: Any, cast: Cast, campaign: Campaign) -> None:
    given = of(cast.district, campaign)
    with tab(java_script_enabled=False) as page:
        page.goto("/thiet-ke/")
        sign_in(page, cast.binh)
        page.goto(f"/giao-viec/{given.pk}/")
        page.get_by_role("link", name="Triển khai thêm đơn vị").click()
        page.get_by_role("button", name="Bỏ chọn tất cả").click()
        page.get_by_label("Tìm đơn vị").fill("go thap")
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.get_by_label("Xã Gò Thấp").check()
        page.get_by_role("button", name="Phát hành và giao việc").click()
        expect(page.get_by_role("status")).to_contain_text("giao việc cho 1 đơn vị")
    assert of(cast.other_commune, campaign).parent == given
