"""One journey through the whole job, in a province of more than a thousand units: letter, campaign, cascade, return, report.

Four people act: the coordinator, a district officer, a commune officer on a phone, and the heads. A first campaign has been
played to its end, so that lists are as long as in life. Pictures of the ten main screens go to LACHAN_SCREENS (`make screens`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import docx
import pytest
from cast import PASSWORD
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from screens import held, kept

from lachan.campaigns.models import Campaign
from lachan.project.sample.letter import coming_dates, next_letter_docx
from lachan.project.sample.people import LOGINS

NAME = "Hỏi lại một câu"
COORDINATOR, _HEAD, DISTRICT, _DISTRICT_HEAD, COMMUNE, COMMUNE_HEAD, _OPERATOR = (login.email for login in LOGINS)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Journey:
    """Tabs of the people who act, and what every screen is held to."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab

    @contextmanager
    def as_(self, email: str, width: int = 1280) -> Iterator[Page]:
        with self.tab(width=width, height=900 if width > 400 else 740) as page:
            page.goto("/tai-khoan/login/")
            page.get_by_label("Thư điện tử").fill(email)
            page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
            self.look(page, "01-dang-nhap" if email == COORDINATOR else "")
            page.get_by_role("button", name="Đăng nhập", exact=True).click()
            yield page

    def look(self, page: Page, name: str = "") -> None:
        """Hold the screen to axe, wide and at 360 px; keep its picture under `name`."""
        size = page.viewport_size or {"width": 1280, "height": 900}
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900 if width > 400 else 740})
            held(page)
            if name:
                kept(page, name)
        page.set_viewport_size(size)


def test_a_letter_becomes_a_campaign_and_the_campaign_a_report(province: None, tab: Any) -> None:
    journey = Journey(tab)
    with journey.as_(COORDINATOR) as page:
        the_coordinator_starts_a_campaign_from_a_letter(journey, page)
    campaign = Campaign.objects.get(name=NAME)
    with journey.as_(DISTRICT) as page:
        a_district_passes_it_on_in_two_clicks(journey, page)
    with journey.as_(COMMUNE, width=360) as page:
        a_commune_reports_from_a_phone(journey, page)
    with journey.as_(COMMUNE_HEAD) as page:
        its_head_approves(journey, page)
    with journey.as_(DISTRICT) as page:
        the_district_accepts(journey, page)
    with journey.as_(COORDINATOR) as page:
        the_coordinator_reads_the_figures_to_the_unit(journey, page, campaign)
        the_coordinator_issues_the_consolidated_report(journey, page, Campaign.objects.earliest("id"))


def the_coordinator_starts_a_campaign_from_a_letter(journey: Journey, page: Page) -> None:
    page.get_by_role("link", name="Nhận văn bản mới").click()
    journey.look(page)
    now = timezone.now()  # noqa: TID251 - the journey happens now
    letter = {"name": "a.docx", "mimeType": "application/octet-stream", "buffer": next_letter_docx(coming_dates(now))}
    page.get_by_label("Tệp văn bản").set_input_files(letter)
    page.get_by_role("button", name="Nhận và đọc văn bản").click()
    page.get_by_role("link", name="Lập chiến dịch từ văn bản này").click()
    journey.look(page, "02-lap-chien-dich")
    page.get_by_role("button", name="Phát động chiến dịch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    journey.look(page)


def a_district_passes_it_on_in_two_clicks(journey: Journey, page: Page) -> None:
    journey.look(page, "03-viec-cua-huyen")
    page.get_by_role("link", name=NAME).first.click()
    journey.look(page, "04-viec-duoc-giao")
    page.get_by_role("link", name="Triển khai tiếp").first.click()
    journey.look(page, "05-trien-khai-tiep")
    page.get_by_role("button", name="Phát hành và giao việc").click()
    expect(page.get_by_role("heading", name="Các đơn vị bên dưới")).to_be_visible()


def a_commune_reports_from_a_phone(journey: Journey, page: Page) -> None:
    page.get_by_role("button", name="Xác nhận đã nhận").first.click()
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="Soạn báo cáo").first.click()
    numbers = page.locator("table input:visible")
    for at in range(numbers.count()):
        numbers.nth(at).fill("1.250" if at else "một nghìn")
    for box in page.locator("main textarea").all():
        box.fill("Đã phát trên loa mỗi ngày hai lần; bà con quan tâm.")
    page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(page.get_by_text("Anh/chị đã nhập “một nghìn”").first).to_be_visible()
    journey.look(page, "06-bao-cao-cua-xa")
    page.locator("table input:visible").first.fill("18")
    page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(page.get_by_text("Chờ thủ trưởng duyệt").first).to_be_visible()
    journey.look(page)


def its_head_approves(journey: Journey, page: Page) -> None:
    page.get_by_role("link", name="Duyệt báo cáo").first.click()
    journey.look(page, "07-duyet-bao-cao")
    page.get_by_role("button", name="Duyệt và gửi lên").click()
    expect(page.get_by_text("đang được tính vào số liệu")).to_be_visible()


def the_district_accepts(journey: Journey, page: Page) -> None:
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="Báo cáo gửi đến").first.click()
    journey.look(page)
    page.get_by_role("link", name=re.compile("Tân Phúc")).first.click()
    page.get_by_role("button", name="Nhận báo cáo").click()
    expect(page.get_by_text("cấp trên đã nhận", exact=False).first).to_be_visible()


def the_coordinator_reads_the_figures_to_the_unit(journey: Journey, page: Page, campaign: Campaign) -> None:
    page.goto(f"/chien-dich/{campaign.pk}/so-lieu/")
    journey.look(page)
    page.get_by_role("link", name="1.250").first.click()
    expect(page.get_by_text("Xã Tân Phúc").first).to_be_visible()
    journey.look(page)


def the_coordinator_issues_the_consolidated_report(journey: Journey, page: Page, played: Campaign) -> None:
    page.goto(f"/chien-dich/{played.pk}/tinh-hinh/")
    journey.look(page, "08-tinh-hinh")
    page.goto(f"/chien-dich/{played.pk}/so-lieu/")
    journey.look(page, "09-so-lieu")
    page.goto(f"/chien-dich/{played.pk}/tong-hop/")
    page.get_by_role("button", name="Lập báo cáo tổng hợp").click()
    journey.look(page)
    page.get_by_role("link", name=re.compile("kiến nghị|đề xuất|khó khăn", re.IGNORECASE)).first.click()
    journey.look(page, "11-y-kien-cua-don-vi")
    page.go_back()
    page.get_by_role("button", name=re.compile("Phát hành|Ban hành")).click()
    journey.look(page, "10-bao-cao-tong-hop")
    files = {}
    for kind in ("docx", "pdf", "xlsx"):
        with page.expect_download() as download:
            page.locator(f"a[href$='bao-cao.{kind}']").first.click()
        files[kind] = download.value.path().read_bytes()
    assert "BÁO CÁO" in "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(files["docx"])).paragraphs)
    assert files["pdf"].startswith(b"%PDF-")
    assert load_workbook(BytesIO(files["xlsx"])).sheetnames
