"""The design system in a browser: what holds here holds on every page built from it."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from screens import held

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_living_page_passes_axe_and_fits(tab: Any, width: int, language: str) -> None:
    with tab(width=width, language=language) as page:
        page.goto("/thiet-ke/")
        for closed in page.locator("details").all():
            closed.evaluate("one => { one.open = true }")
        held(page)


def test_a_folded_row_opens_by_a_press_on_a_phone_and_is_whole_on_a_wide_screen_and_on_paper(tab: Any) -> None:
    with tab(width=360, java_script_enabled=False) as page:
        page.goto("/thiet-ke/")
        row = page.locator("#folded tbody tr").first
        cell = row.locator("td").first
        expect(cell).to_be_hidden()
        row.locator("summary").press("Enter")
        expect(cell).to_be_visible()
        row.locator("summary").press("Enter")
        page.emulate_media(media="print")
        expect(cell).to_be_visible()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(cell).to_be_visible()
        expect(row.locator("summary")).to_be_hidden()


def test_the_words_of_a_drawn_letter_stay_in_its_box(tab: Any) -> None:
    with tab(width=360) as page:
        page.goto("/thiet-ke/")
        reaching_out = page.locator(".chain g").evaluate_all(
            """all => all.filter(one => one.querySelector("text").getBoundingClientRect().right
                                        > one.querySelector("rect").getBoundingClientRect().right)
                         .map(one => one.textContent)"""
        )
        assert page.locator(".chain g").count() == 3
        assert not reaching_out


def test_letters_with_two_marks_are_not_clipped(page: Page) -> None:
    page.goto("/thiet-ke/")
    for line in page.locator("h1, h2, h3, .button, .state, caption, label").all():
        height, size = line.evaluate(
            "one => [parseFloat(getComputedStyle(one).lineHeight), parseFloat(getComputedStyle(one).fontSize)]"
        )
        assert height >= 1.3 * size


def test_the_language_changes_without_javascript_and_the_page_stays(tab: Any) -> None:
    with tab(java_script_enabled=False) as page:
        page.goto("/thiet-ke/?mau=1")
        expect(page.locator("html")).to_have_attribute("lang", "vi")
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.url.endswith("/thiet-ke/?mau=1")


def test_a_line_of_the_error_summary_leads_to_its_field(page: Page) -> None:
    page.goto("/thiet-ke/")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("#id_number")).to_be_focused()


def test_the_first_stop_of_the_keyboard_skips_to_the_main_part(page: Page) -> None:
    page.goto("/thiet-ke/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_second_press_sends_nothing(page: Page) -> None:
    page.goto("/thiet-ke/")
    stopped = page.locator(".one-button").first.evaluate(
        """form => [1, 2].map(() => {
             const press = new SubmitEvent("submit", {bubbles: true, cancelable: true});
             form.dispatchEvent(press);
             return press.defaultPrevented;
           })"""
    )
    assert stopped == [False, True]


def test_an_autosave_that_fails_says_so(page: Page) -> None:
    def offline(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.fallback()

    page.goto("/thiet-ke/")
    page.route("**/thiet-ke/", offline)
    page.locator("#id_x-remark").fill("Đã phát 12 buổi trên loa")
    expect(page.locator("#autosave-status")).to_contain_text("Chưa lưu được")


def test_the_printed_page_has_no_buttons(page: Page) -> None:
    page.goto("/thiet-ke/")
    page.emulate_media(media="print")
    expect(page.locator("button:visible")).to_have_count(0)
