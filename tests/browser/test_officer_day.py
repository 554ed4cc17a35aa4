"""The ten commonest tasks of a day, each done once in a real browser with every click and key counted.

docs/officer-day.md tells the counts; `make screens` takes them anew. The counts are held here, the seconds are not.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cast import PASSWORD
from counted import Cost, Counted, as_table
from django.utils import timezone
from playwright.sync_api import Page, expect
from screens import SCREENS, kept, sign_in

from lachan.campaigns.models import Campaign
from lachan.orgs.models import Person
from lachan.project.sample.letter import coming_dates, next_letter_docx
from lachan.project.sample.people import LOGINS
from lachan.reporting.models import Obligation, Question

NAME = "Hỏi lại một câu"
PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "officer-day.md"
BEGIN, END = "<!-- counted -->\n", "<!-- end -->\n"
COORDINATOR, _HEAD, DISTRICT, DISTRICT_HEAD, COMMUNE, COMMUNE_HEAD, OPERATOR = (login.email for login in LOGINS)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Day:
    """Tabs of the people who act, and what each task has cost."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.costs: list[Cost] = []

    @contextmanager
    def of(self, email: str, width: int = 1280, **options: Any) -> Iterator[Page]:
        """A tab of somebody who has signed in and stands at their inbox."""
        with self.tab(width=width, height=900 if width > 400 else 740, has_touch=width < 400, **options) as page:
            sign_in(page, Person.objects.get(email=email))
            page.goto("/")
            yield page

    @contextmanager
    def task(self, page: Page, words: str) -> Iterator[Counted]:
        counted = Counted(page, Cost(words))
        yield counted
        self.costs.append(counted.done())


def test_the_ten_commonest_tasks_cost_what_the_page_says(province: None, tab: Any) -> None:
    day = Day(tab)
    signing_in(day)
    a_letter_becomes_a_campaign(day)
    passed_on(day)
    received(day)
    an_activity_on_a_phone(day)
    a_return(day)
    approved(day)
    accepted(day)
    chased(day)
    consolidated(day)
    if SCREENS:
        pictures(day)
    told = as_table(day.costs)
    if os.environ.get("LACHAN_OFFICER_DAY"):
        before, _old, after = re.split(f"{BEGIN}|{END}", PAGE.read_text())
        PAGE.write_text(before + BEGIN + "\n".join(told) + "\n" + END + after)
    known = PAGE.read_text().split(BEGIN)[1].split(END)[0].splitlines()
    assert counts(told) == counts(known)


def counts(table: list[str]) -> list[list[str]]:
    """Task, clicks, keys and pages of each line; the seconds are left aside."""
    return [[cell.strip() for cell in line.split("|")[1:5]] for line in table]


def signing_in(day: Day) -> None:
    with day.tab() as page:
        page.goto("/tai-khoan/login/")
        with day.task(page, "Sign in on one's own machine") as counted:
            counted.type(page.get_by_label("Thư điện tử"), DISTRICT)
            counted.go_on(page.get_by_label("Mật khẩu", exact=True), PASSWORD)
            counted.click(page.get_by_role("button", name="Đăng nhập", exact=True))
            expect(page.get_by_role("heading", level=1)).to_contain_text("Việc của")


def a_letter_becomes_a_campaign(day: Day) -> None:
    now = timezone.now()  # noqa: TID251 - the day happens now
    letter = {"name": "a.docx", "mimeType": "application/octet-stream", "buffer": next_letter_docx(coming_dates(now))}
    with (
        day.of(COORDINATOR) as page,
        day.task(page, "Make a campaign of a letter that came, and launch it") as counted,
    ):
        counted.click(page.get_by_role("link", name="Nhận văn bản mới"))
        counted.choose(page.get_by_label("Tệp văn bản"), letter)
        counted.click(page.get_by_role("button", name="Nhận và đọc văn bản"))
        counted.click(page.get_by_role("link", name="Lập chiến dịch từ văn bản này"))
        counted.click(page.get_by_role("button", name="Phát động chiến dịch"))
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def passed_on(day: Day) -> None:
    with (
        day.of(DISTRICT) as page,
        day.task(page, "Confirm receipt and pass it on to the communes with the district's own letter") as counted,
    ):
        row = page.locator("tr", has_text=NAME).first
        counted.click(row.get_by_role("button", name="Xác nhận đã nhận"))
        counted.click(page.locator("tr", has_text=NAME).first.get_by_role("link", name="Triển khai tiếp"))
        counted.click(page.get_by_role("button", name="Phát hành và giao việc"))
        expect(page.get_by_role("heading", name="Các đơn vị bên dưới")).to_be_visible()


def received(day: Day) -> None:
    with day.of(COMMUNE) as page, day.task(page, "Confirm receipt in a commune") as counted:
        counted.click(page.locator("tr", has_text=NAME).first.get_by_role("button", name="Xác nhận đã nhận"))
        expect(page.get_by_text("Đã xác nhận đơn vị nhận việc")).to_be_visible()


def an_activity_on_a_phone(day: Day) -> None:
    with day.of(COMMUNE, width=360) as page, day.task(page, "Record an activity on a phone") as counted:
        counted.click(page.get_by_role("link", name="Ghi hoạt động").first)
        counted.click(page.locator(".tile label, label.tile").first)
        counted.type(page.locator("[data-number=times] input"), "3")
        counted.go_on(page.locator("[data-number=audience] input"), "150")
        counted.click(page.get_by_role("button", name="Lưu hoạt động"))
        expect(page.get_by_text("150").first).to_be_visible()


def a_return(day: Day) -> None:
    with day.of(COMMUNE) as page, day.task(page, "Fill in the commune's return and lay it before the head") as counted:
        counted.click(page.locator("tr", has_text=NAME).first.get_by_role("link", name="Soạn báo cáo"))
        use = page.get_by_role("button", name="Dùng tất cả số gợi ý")
        if use.count():
            counted.click(use)
        fill_in(page, counted)
        counted.click(page.get_by_role("button", name="Gửi thủ trưởng duyệt"))
        expect(page.get_by_text("Chờ thủ trưởng duyệt").first).to_be_visible()


def fill_in(page: Page, counted: Counted) -> None:
    """Every number not filled in yet, from the keyboard, and a sentence for each question in words."""
    first = True
    for control in page.locator("main [data-answer]:visible").all():
        if control.input_value():
            continue
        is_number = control.get_attribute("inputmode") == "decimal"
        (counted.type if first else counted.go_on)(control, "12" if is_number else "Bà con quan tâm.")
        first = False


def approved(day: Day) -> None:
    with day.of(COMMUNE_HEAD) as page, day.task(page, "Approve the return, as the head") as counted:
        counted.click(page.get_by_role("link", name="Duyệt báo cáo").first)
        counted.click(page.get_by_role("button", name="Duyệt và gửi lên"))
        expect(page.get_by_text("đang được tính vào số liệu")).to_be_visible()


def accepted(day: Day) -> None:
    with day.of(DISTRICT) as page, day.task(page, "Look through a return from below and accept it") as counted:
        counted.click(page.locator("tr", has_text=NAME).get_by_role("link", name="Xem và nhận"))
        counted.click(page.get_by_role("link", name=re.compile("Xem bản")).first)
        counted.click(page.get_by_role("button", name="Nhận báo cáo"))
        expect(page.get_by_text("cấp trên đã nhận", exact=False).first).to_be_visible()


def chased(day: Day) -> None:
    with (
        day.of(COORDINATOR) as page,
        day.task(page, "Find who is overdue in the whole province and chase all") as counted,
    ):
        running = page.get_by_role("region", name="Chiến dịch đang triển khai")
        counted.click(running.get_by_role("link", name="Chậm một phút, chắc một đời").first)
        counted.click(page.get_by_role("link", name="Xem và đôn đốc"))
        counted.click(page.get_by_role("button", name=re.compile(r"^Đôn đốc \d+ đơn vị")))
        expect(page.get_by_text(re.compile("Đã đôn đốc"))).to_be_visible()


def consolidated(day: Day) -> None:
    with (
        day.of(COORDINATOR) as page,
        day.task(page, "Write the consolidated report of a thousand units, issue it and send it up") as counted,
    ):
        running = page.get_by_role("region", name="Chiến dịch đang triển khai")
        counted.click(running.get_by_role("link", name="Chậm một phút, chắc một đời").first)
        counted.click(page.get_by_role("link", name="Báo cáo tổng hợp").first)
        counted.click(page.get_by_role("button", name="Lập báo cáo tổng hợp"))
        counted.click(page.get_by_role("button", name="Phát hành báo cáo"))
        counted.click(page.get_by_role("button", name="Gửi cấp trên"))
        expect(page.get_by_text("Đã gửi báo cáo lên cấp trên")).to_be_visible()


def screens() -> dict[str, dict[str, str]]:
    """The main screens of the day: by person, their addresses by the name of their picture."""
    first, second = Campaign.objects.order_by("pk")[:2]
    commune = Person.objects.get(email=COMMUNE).grants.first().unit_id
    owner, asked = first.owner_id, Question.objects.filter(form__campaign=first, kind="text").first().pk
    owed = Obligation.objects.get(form__campaign=second, unit=commune).pk
    here = f"/chien-dich/{first.pk}"
    return {
        COMMUNE: {
            "20-ghi-hoat-dong": f"/hoat-dong/don-vi/{commune}/ghi/",
            "21-bao-cao": f"/bao-cao/{owed}/",
            "25-hoat-dong": f"/hoat-dong/don-vi/{commune}/",
            "22-lich-su-bao-cao": f"/bao-cao/{owed}/lich-su/",
            "23-thong-bao": "/thong-bao/",
            "24-phien-dang-nhap": "/tai-khoan/phien/",
            "26-bao-cao-trong-nam": f"/viec/{commune}/bao-cao-trong-nam/{first.started_at.year}/",
            "27-tep-de-dien": f"/bao-cao/{owed}/tep-da-dien/",
            "28-ngoai-tuyen": "/ngoai-tuyen/",
        },
        COORDINATOR: {
            "29-viec-cua-dieu-phoi": "/",
            "30-chien-dich": f"{here}/",
            "31-tinh-hinh-theo-nhanh": f"{here}/tinh-hinh/?xem=cot",
            "32-ban-do": f"{here}/tinh-hinh/?xem=ban-do",
            "33-theo-ngay": f"{here}/tinh-hinh/?xem=thoi-gian",
            "34-don-doc": f"{here}/don-doc/0/?thieu=qua-han",
            "35-nam": f"/chien-dich/nam/{first.started_at.year}/",
            "36-sua-bieu-mau": f"/chien-dich/{second.pk}/bieu-mau/",
            "38-soan-van-ban": f"/so-van-ban/{owner}/soan/",
            "39-so-van-ban": f"/so-van-ban/{owner}/",
            "40-soan-bao-cao-tong-hop": f"{here}/tong-hop/0/lap/",
            "41-y-kien": f"{here}/tong-hop/0/y-kien/{asked}/",
            "42-don-vi": f"/don-vi/{commune}/",
            "43-thong-bao-cua-dieu-phoi": "/thong-bao/",
            "44-bang-so": f"{here}/tinh-hinh/?xem=bang",
            "45-danh-sach": f"{here}/tinh-hinh/?xem=danh-sach",
            "46-ty-le": f"{here}/tinh-hinh/?xem=ty-le",
            "47-nen-xem-lai": f"{here}/nen-xem-lai/",
            "48-khoa-so-lieu": f"{here}/khoa-so-lieu/",
            "49-theo-don-vi-hien-nay": f"{here}/so-lieu/0/?don-vi=hien-nay",
            "50-bao-cao-dinh-ky": "/che-do-bao-cao/",
            "51-phan-tich": "/phan-tich/",
            "52-lien-thong": f"/lien-thong/{owner}/",
            "53-ket-noi": f"/don-vi/{owner}/ket-noi/",
        },
        OPERATOR: {
            "60-sap-xep-don-vi": "/sap-xep-don-vi/",
            "61-nhap-don-vi": "/sap-xep-don-vi/nhap/",
        },
    }


def pictures(day: Day) -> None:
    """The main screens, wide and at 360 px, into LACHAN_SCREENS."""
    for email, pages in screens().items():
        for width in (1280, 360):
            with day.tab(width=width, height=900 if width > 400 else 740) as page:
                page.goto("/tai-khoan/login/")
                page.get_by_label("Thư điện tử").fill(email)
                page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
                page.get_by_role("button", name="Đăng nhập", exact=True).click()
                for name, address in pages.items():
                    answer = page.goto(address)
                    assert answer and answer.ok, address
                    expect(
                        page.get_by_text("Đang mở…")
                    ).to_be_hidden()  # what works without a network opens by a script
                    kept(page, name)
