"""The screens on which a filled file comes in, wide and on a phone, with scripts and without."""

from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast
from offline_forms import typed_into
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.reporting.actions import returns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    return set_up(cast)


def taken_away(page: Page, folder: Path) -> Path:
    """The workbook from the page that the return leads to."""
    page.get_by_role("link", name="Tải biểu mẫu XLSX").click()
    sheet = page.get_by_role("link", name="Biểu mẫu bảng tính")
    sheet.wait_for()
    page.wait_for_load_state("load")  # a file that begins to come stops what the page still loads
    with page.expect_download() as waited:
        sheet.click()
    path = folder / "form.xlsx"
    waited.value.save_as(path)
    return path


def brought(page: Page, path: Path) -> None:
    page.get_by_label("Tệp đã điền").set_input_files(path)
    page.get_by_role("button", name="Đưa lên và xem trước").click()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_return_is_filled_in_without_a_network(
    tab: Any, scene: Scene, tmp_path: Path, width: int, *, scripts: bool
) -> None:
    owed = scene.owed(scene.cast.commune)
    returns.save_draft(owed, typed=scene.typed(3, "Loa hỏng"), by=scene.head, now=NOW)
    with tab(width=width, java_script_enabled=scripts) as page:
        sign_in(page, scene.officer)
        page.goto(owed.get_absolute_url())
        path = taken_away(page, tmp_path)
        if scripts:
            held(page, "files-1")
        path.write_bytes(
            typed_into(path.read_bytes(), {scene.number.key: "ba", scene.words.key: "Loa hỏng, thiếu người"})
        )
        brought(page, path)
        expect(page.get_by_text("“ba” không phải là số nguyên.")).to_be_visible()
        expect(page.get_by_role("cell", name="Loa hỏng, thiếu người")).to_be_visible()
        if scripts:
            held(page, "files-2")
        page.get_by_role("button", name="Lưu vào bản nháp").click()
        expect(page.get_by_text("Đã đưa 2 ô vào bản nháp.")).to_be_visible()
        expect(page.get_by_label("Số buổi tuyên truyền")).to_have_value("ba")


def test_a_file_that_is_not_taken_says_why(tab: Any, scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with tab(width=360) as page:
        sign_in(page, scene.officer)
        page.goto(f"{scene.owed(scene.cast.commune).get_absolute_url()}tep-da-dien/")
        brought(page, path)
        expect(page.get_by_role("alert")).to_contain_text("Đây không phải tệp XLSX hoặc DOCX")
        held(page, "files-3")
