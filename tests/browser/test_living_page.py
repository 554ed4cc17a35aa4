"""The design system in a browser: what holds here holds on every page built from it."""

import pytest
from screens import axe_clean, big_enough_to_press, no_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_living_page_passes_axe_and_fits(tab, width: int, language: str) -> None:
    with tab(width=width, language=language) as page:
        page.goto("/thiet-ke/")
        axe_clean(page)
        no_sideways_scroll(page)
        big_enough_to_press(page)
