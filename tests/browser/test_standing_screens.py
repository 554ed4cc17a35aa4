"""Where a campaign stands, as pictures: wide and on a phone, on paper, in forced colours, without a script, from the keyboard."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cascades import DUE, a_campaign, of, passed_on, reported
from cast import NOW, Cast, found
from playwright.sync_api import Page, expect
from screens import held, sign_in

from lachan.campaigns.models import Campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = ("cot", "ban-do", "thoi-gian", "bang", "ty-le", "danh-sach")
TODAY = DUE + timedelta(days=2)
REAL = (("15127", "Thị trấn Phong Sơn"), ("15133", "Xã Cẩm Thành"), ("15136", "Xã Cẩm Quý"), ("15139", "Xã Cẩm Lương"))


@pytest.fixture
def campaign(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Two days after it was due: a district with four communes on the map (on time, late, two overdue), one off the map."""
    real = found("390", "Huyện Cẩm Thủy", "rural-district", cast.province)
    communes = [found(code, name, "commune", real) for code, name in REAL]
    campaign = a_campaign(cast.department, [real, cast.district, cast.press], by=cast.an)
    passed_on(of(real, campaign), communes, by=cast.an)
    passed_on(of(cast.district, campaign), [cast.commune], by=cast.binh)
    reported(of(communes[0], campaign), by=cast.an, now=NOW + timedelta(days=9))
    reported(of(communes[1], campaign), by=cast.an, now=DUE + timedelta(days=1))
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: TODAY)
    return campaign


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def addresses(campaign: Campaign) -> list[str]:
    here = f"/chien-dich/{campaign.pk}/"
    return [here, f"/chien-dich/nam/{NOW.year}/", *(f"{here}tinh-hinh/?xem={view}" for view in VIEWS)]


def test_every_view_passes_axe_and_fits(sized: Page, cast: Cast, campaign: Campaign) -> None:
    sign_in(sized, cast.an)
    for address in [*addresses(campaign), f"/chien-dich/{campaign.pk}/tinh-hinh/?xem=ban-do&q=khong-co"]:
        sized.goto(address)
        for closed in sized.locator("details").all():
            closed.evaluate("one => { one.open = true }")
        name = address.removeprefix("/chien-dich/").strip("/").replace("/?xem=", "-").replace("/", "-")
        held(sized, f"tinh-hinh-{name}")


def test_on_paper_the_pictures_stay_and_the_ways_go(page: Page, cast: Cast, campaign: Campaign) -> None:
    sign_in(page, cast.an)
    for view, drawn in (("cot", ".bars"), ("ban-do", "svg.map"), ("thoi-gian", "svg.days.wide")):
        page.goto(f"/chien-dich/{campaign.pk}/tinh-hinh/?xem={view}")
        page.emulate_media(media="print")
        expect(page.locator(drawn)).to_be_visible()
        expect(page.locator(".tabs")).to_be_hidden()
        expect(page.locator(".filters")).to_be_hidden()


def test_from_a_point_on_the_map_to_its_unit(page: Page, cast: Cast, campaign: Campaign) -> None:
    sign_in(page, cast.an)
    page.goto(f"/chien-dich/{campaign.pk}/tinh-hinh/?xem=ban-do")
    expect(page.locator("svg.map use")).to_have_count(5)  # the district and its four communes
    expect(page.get_by_role("heading", name="Chưa có vị trí trên bản đồ")).to_be_visible()
    expect(page.get_by_role("link", name="Xã Gò Cao")).to_be_visible()
    page.locator("svg.map a", has=page.locator("title", has_text="Xã Cẩm Quý: Quá hạn")).click()
    page.wait_for_url("**/giao-viec/*/")
    expect(page.get_by_text("Xã Cẩm Quý").first).to_be_visible()


def test_without_javascript_one_filters_from_the_keyboard_and_takes_the_list_away(
    tab: Any, cast: Cast, campaign: Campaign, tmp_path: Path
) -> None:
    with tab() as page:
        sign_in(page, cast.an)
        cookies = page.context.cookies()
    with tab(java_script_enabled=False) as page:
        page.goto("/thiet-ke/")
        page.context.add_cookies(cookies)
        page.goto(f"/chien-dich/{campaign.pk}/tinh-hinh/")
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        page.get_by_label("Tình trạng").select_option("qua-han")
        page.get_by_label("Tên đơn vị").fill("cam")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Quá hạn · tên có “cam”")).to_be_visible()
        page.get_by_role("link", name="Danh sách đơn vị").click()
        expect(page.locator("tbody tr")).to_have_count(3)
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        download.value.save_as(tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text("utf-8-sig")
    assert "Xã Cẩm Quý" in text
    assert "Xã Gò Cao" not in text
