"""A whole return from the keyboard alone; a block pasted from a spreadsheet; a return on paper-plain pages without a script."""

from typing import Any

import pytest
from cascades import of
from cast import NOW, Cast, hire
from playwright.sync_api import Page, expect
from scenes import Scene, having_done, set_up, with_a_full_form
from screens import held, sign_in

from lachan.orgs.models import Role
from lachan.reporting.actions import remarks, returns, sharing
from lachan.reporting.models import Obligation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    return with_a_full_form(set_up(cast))


def owed(scene: Scene) -> Obligation:
    return scene.owed(scene.cast.commune)


def opened(page: Page, scene: Scene) -> Page:
    sign_in(page, scene.officer)
    page.goto(f"/bao-cao/{owed(scene).pk}/")
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.labels?.[0]?.textContent ?? document.activeElement.ariaLabel"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_whole_return_from_the_keyboard_alone(page: Page, scene: Scene) -> None:
    opened(page, scene)
    while "Số buổi tuyên truyền" not in focused(page):
        press(page, "Tab")
    page.keyboard.type("12")
    press(page, "Enter")
    assert focused(page) == "Trẻ em, học sinh · Số buổi"
    page.keyboard.type("3")
    press(page, "ArrowRight")
    page.keyboard.type("1.250")
    press(page, "ArrowDown", "ArrowLeft")
    page.keyboard.type("4")
    press(page, "Enter", "Enter", "Enter")
    expect(page.locator(".column-sum").first).to_have_text("7")
    assert focused(page) == "Trẻ em, học sinh · Số người tham dự"
    while not focused(page).startswith("Tên lớp"):
        press(page, "Tab")
    page.keyboard.type("Lớp kỹ năng số")
    press(page, "Tab")
    page.keyboard.type("30")
    while "Khó khăn" not in focused(page):
        press(page, "Tab")
    page.keyboard.type("Loa hỏng")
    while page.evaluate("document.activeElement.textContent") != "Gửi thủ trưởng duyệt":
        press(page, "Tab")
    press(page, "Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã gửi thủ trưởng duyệt (bản 1).")
    values = list(owed(scene).returns.get().values.values())
    assert [one for one in values if isinstance(one, int)] == [12, 3, 1250, 4]
    assert [{"name": "Lớp kỹ năng số", "n": 30}] in values


def paste(page: Page, block: str) -> None:
    page.evaluate(
        """text => {
             const data = new DataTransfer();
             data.setData("text/plain", text);
             const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
             document.activeElement.dispatchEvent(paste);
           }""",
        block,
    )


def test_a_block_from_a_spreadsheet_is_pasted_what_does_not_fit_is_told_and_it_is_taken_back(
    page: Page, scene: Scene
) -> None:
    opened(page, scene)
    page.get_by_label("Phụ nữ · Số người tham dự").focus()
    paste(page, "1.250\t7\t9\r\n1 300\t8\r\n5\t6\r\n")
    cells = [
        page.get_by_label(name) for name in ("Phụ nữ · Số người tham dự", "Công nhân, người lao động · Số tài liệu")
    ]
    expect(cells[0]).to_have_value("1.250")
    expect(cells[1]).to_have_value("8")
    told = page.locator("#grid-status")
    expect(told).to_contain_text("Đã dán 4 ô. 3 ô không có chỗ trong bảng nên bỏ lại.")
    expect(page.locator(".column-sum").nth(1)).to_have_text("2.550")
    held(page)
    page.get_by_role("button", name="Hoàn tác dán").click()
    for cell in cells:
        expect(cell).to_have_value("")


def test_a_list_takes_as_many_rows_as_are_pasted(page: Page, scene: Scene) -> None:
    opened(page, scene)
    page.get_by_label("Tên lớp, dòng 1").focus()
    paste(page, 'Lớp 1\t20\n"Lớp 2\nbuổi tối"\t30\nLớp 3\t15\n')
    expect(page.get_by_label("Số người, dòng 3")).to_have_value("15")
    expect(page.locator("#autosave-status")).to_contain_text("Đã lưu")
    assert "Lớp 1 | 20\nLớp 2 buổi tối | 30\nLớp 3 | 15" in owed(scene).typed.values()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_screens_of_a_return_in_comfort(tab: Any, scene: Scene, width: int) -> None:
    having_done(scene, 12)
    hoa = hire("Hoa", (Role.COLLABORATOR, scene.cast.commune))
    asked = list(owed(scene).asked())
    parts = [one.pk for one in asked if one.table]
    sharing.share(owed(scene), person=hoa, questions=parts, due_on=None, by=scene.officer, now=NOW)
    with tab(width=width) as page:
        held(opened(page, scene))
        page.goto(f"/bao-cao/{owed(scene).pk}/phan-cong/")
        held(page)
        sign_in(page, hoa)
        for address in ("/", f"/bao-cao/{owed(scene).pk}/"):
            page.goto(address)
            held(page)
        typed = {one.key: "12" for one in asked if one.is_number}
        version = returns.submit(owed(scene), typed=typed, request_key="a", by=scene.officer, now=NOW)
        sign_in(page, scene.head)
        page.goto(f"/viec/{scene.cast.commune.pk}/")
        held(page)
        unit = scene.cast.commune
        remarks.remark(version, question=asked[1], unit=unit, text="Thiếu thôn 4?", by=scene.head, now=NOW)
        page.goto(f"{version.get_absolute_url()}?gop-y={asked[2].pk}")
        held(page)
        returns.send_back(version, unit=unit, remark="", by=scene.head, now=NOW)
        held(opened(page, scene))
        typed[asked[0].key] = "15"
        returns.submit(owed(scene), typed=typed, request_key="b", by=scene.officer, now=NOW)
        page.goto(f"/bao-cao/{owed(scene).pk}/lich-su/")
        held(page)


def test_receipt_and_return_without_a_script(tab: Any, scene: Scene) -> None:
    with tab(java_script_enabled=False) as page:
        page.goto("/thiet-ke/")
        sign_in(page, scene.officer)
        page.goto(f"/giao-viec/{of(scene.cast.commune, scene.campaign).pk}/")
        page.get_by_role("button", name="Xác nhận đã nhận").first.click()
        page.goto(f"/bao-cao/{owed(scene).pk}/")
        page.get_by_label("Số buổi tuyên truyền").fill("17")
        page.get_by_label("Phụ nữ · Số buổi").fill("3")
        page.get_by_label("Lớp tập huấn đã mở").fill("Lớp 1 | 20")
        page.get_by_role("button", name="Lưu nháp").click()
        expect(page.locator("output.column-sum").first).to_have_text("3")
        page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã gửi thủ trưởng duyệt (bản 1).")
    assert [{"name": "Lớp 1", "n": 20}] in owed(scene).returns.get().values.values()
    assert of(scene.cast.commune, scene.campaign).received_at == NOW
