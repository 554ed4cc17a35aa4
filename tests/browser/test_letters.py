"""The register, the page of a letter and the set-up screen in a real browser, wide and on a phone."""

from pathlib import Path

import pytest
from cast import NOW, Cast, assemble
from letter_samples import FROM_ABOVE, TO_THE_PROVINCE, as_docx
from playwright.sync_api import Page, expect
from screens import held, sign_in

from lachan.letters.models import Letter
from lachan.letters.receiving import Source, receive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    return assemble()


def entered(cast: Cast, text: str) -> Letter:
    return receive(holder=cast.department, source=Source(as_docx(text), "Công văn.docx"), by=cast.an, now=NOW)


def test_a_letter_is_uploaded_settled_and_started(page: Page, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "Công văn 214.docx"
    file.write_bytes(as_docx(TO_THE_PROVINCE))
    sign_in(page, cast.an)
    page.goto(f"/so-van-ban/{cast.department.pk}/")
    held(page, "so-trong")
    page.get_by_label("Tệp văn bản").set_input_files(file)
    page.get_by_role("button", name="Nhận và đọc văn bản").click()
    held(page, "van-ban")
    page.get_by_role("link", name="Lập chiến dịch từ văn bản này").click()
    held(page, "lap-chien-dich")
    page.locator("#noi-nhan-3").get_by_label("Không giao, vì").fill("chưa có đơn vị này")
    page.get_by_role("button", name="Phát động chiến dịch").click()
    page.wait_for_url("**/chien-dich/*/")
    expect(page.get_by_role("heading", name="Ba chậm trước khi chuyển tiền")).to_be_visible()


def test_from_a_control_to_its_place_in_the_letter_and_back(page: Page, cast: Cast) -> None:
    sign_in(page, cast.an)
    page.goto(f"/van-ban/{entered(cast, TO_THE_PROVINCE).pk}/lap-chien-dich/")
    page.locator("#nhiem-vu-1 a.field-source").click()
    assert page.evaluate("document.querySelector(':target').id") == "mark-task-1"
    page.locator("#mark-task-1 a").click()
    assert page.evaluate("document.querySelector(':target').id") == "id_task-1-text"


def test_without_javascript_a_unit_is_searched_and_chosen(tab, cast: Cast) -> None:
    letter = entered(cast, TO_THE_PROVINCE)
    with tab(java_script_enabled=False) as page:
        sign_in_without_script(page, cast)
        page.goto(f"/van-ban/{letter.pk}/lap-chien-dich/")
        row = page.locator("#noi-nhan-3")
        row.get_by_label("Tìm đơn vị").fill("go cao")
        row.get_by_role("button", name="Tìm").click()
        row.get_by_label("UBND xã Gò Cao").check()
        row.get_by_role("button", name="Thêm đơn vị đã đánh dấu").click()
        expect(row).to_contain_text("1 đơn vị (chọn tay)")


def sign_in_without_script(page: Page, cast: Cast) -> None:
    from cast import signed_in_as
    from django.conf import settings

    value = signed_in_as(cast.an).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/thiet-ke/")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url.removesuffix("/thiet-ke/")}]
    )


def test_on_a_phone(phone: Page, cast: Cast) -> None:
    letter = entered(cast, FROM_ABOVE)
    sign_in(phone, cast.an)
    for address, name in (
        (f"/so-van-ban/{cast.department.pk}/", "so"),
        (f"/van-ban/{letter.pk}/", "van-ban"),
        (f"/van-ban/{letter.pk}/lap-chien-dich/", "lap-chien-dich"),
    ):
        phone.goto(address)
        held(phone, name)


def test_the_page_of_a_scan_follows_its_reading(page: Page, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lachan.letters.shown.worker_is_up", lambda now: True)
    letter = entered(cast, TO_THE_PROVINCE)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.READING, pages=4, reading_pages=1)
    sign_in(page, cast.an)
    page.goto(f"/van-ban/{letter.pk}/")
    expect(page.get_by_text("1 trên 4")).to_be_visible()
    held(page, "dang-doc")
    Letter.objects.filter(pk=letter.pk).update(reading_pages=3)
    page.get_by_text("3 trên 4").wait_for()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.READ)
    page.get_by_role("heading", name="Thông tin đọc được").wait_for()
