"""A periodic report from prescribing it to the calendar of who owes it, in a real browser."""

from datetime import timedelta

import pytest
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from regimes import a_pattern, in_force
from screens import axe_clean, held, sign_in

from lachan.campaigns.models import Campaign
from lachan.reporting.actions import regimes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests see the moment of the cast."""
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)


@pytest.fixture
def pattern(cast: Cast) -> Campaign:
    return a_pattern(cast)


@pytest.fixture(params=["wide", "narrow"])
def screen(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue("page" if request.param == "wide" else "phone")
    return found


def test_a_periodic_report_is_prescribed_and_put_in_force(screen: Page, cast: Cast, pattern: Campaign) -> None:
    sign_in(screen, cast.an)
    screen.goto("/che-do-bao-cao/")
    held(screen, "che-do-chua-co")
    screen.goto(f"/chien-dich/{pattern.pk}/")
    screen.get_by_role("link", name="Lập chế độ báo cáo định kỳ từ biểu mẫu này").click()
    screen.get_by_role("button", name="Lưu và xem trước").click()
    expect(screen.get_by_text("Chọn ít nhất một nhóm hoặc một loại đơn vị phải báo cáo.").first).to_be_visible()
    held(screen, "che-do-thieu")
    screen.get_by_label("UBND cấp xã").check()
    screen.get_by_label("hằng quý").check()
    screen.get_by_label("Chỉ trong địa bàn").fill("Huyện Bến Đá")
    held(screen, "che-do-lap")
    screen.get_by_role("button", name="Lưu và xem trước").click()
    expect(screen.get_by_text("3 đơn vị sẽ phải báo cáo kỳ Quý I/2025")).to_be_visible()
    held(screen, "che-do-xem-truoc")
    screen.get_by_role("button", name="Áp dụng").click()
    expect(screen.get_by_role("link", name="Kết quả thực hiện – Quý I/2025")).to_be_visible()
    held(screen, "che-do-dang-ap-dung")
    screen.get_by_role("button", name="Giao ngay kỳ Quý II/2025").click()
    expect(screen.get_by_role("link", name="Kết quả thực hiện – Quý II/2025")).to_be_visible()
    screen.get_by_role("link", name="Chế độ báo cáo định kỳ").click()
    held(screen, "che-do-danh-sach")


def test_a_unit_sees_its_year_and_takes_it_into_its_calendar(screen: Page, cast: Cast, pattern: Campaign) -> None:
    regimes.give_out(in_force(pattern), now=NOW + timedelta(days=31))
    in_force(pattern, name="Báo cáo tình hình an toàn thông tin", rhythm="quarter", opens_days=30)
    sign_in(screen, cast.chi)
    screen.goto(f"/viec/{cast.commune.pk}/")
    screen.get_by_role("link", name="Việc báo cáo trong năm").click()
    expect(screen.get_by_role("rowheader", name="Tháng 12", exact=True)).to_be_visible()
    held(screen, "viec-bao-cao-trong-nam")
    screen.get_by_role("button", name="Tạo địa chỉ lịch").click()
    expect(screen.get_by_text("/lich-bao-cao/")).to_be_visible()
    held(screen, "viec-bao-cao-lich")
    screen.get_by_role("link", name="Báo cáo phòng, chống lừa đảo").first.click()
    axe_clean(screen)


def test_a_round_at_a_district(screen: Page, cast: Cast, pattern: Campaign) -> None:
    march = in_force(pattern).rounds.get()
    sign_in(screen, cast.binh)
    screen.goto(f"/giao-viec/{march.assignments.get(unit=cast.district).pk}/")
    expect(screen.get_by_role("link", name="Soạn báo cáo").first).to_be_visible()
    expect(screen.get_by_role("button", name="Xác nhận đã nhận")).to_have_count(0)
    held(screen, "ky-cua-huyen")


def test_the_operator_enters_a_day_off(screen: Page, cast: Cast) -> None:
    sign_in(screen, cast.an)
    screen.goto("/ngay-lam-viec/")
    screen.get_by_label("Ngày", exact=True).fill("21/3/2025")
    screen.get_by_label("Lý do").fill("Nghỉ theo quyết định của UBND tỉnh")
    screen.get_by_role("button", name="Ghi ngày này").click()
    expect(screen.get_by_role("button", name="Bỏ ngày 21/03/2025")).to_be_visible()
    held(screen, "ngay-lam-viec")
