"""What every screen is held to: `from screens import axe_clean, no_sideways_scroll` in a test of this folder."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def axe_clean(page: Page) -> None:
    """No violation of WCAG 2.2 A or AA, nor of axe's best practice, on what the page shows now."""
    page.wait_for_load_state("load")  # a click returns before the style sheet of the next page is there
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    assert not told, "\n".join([page.url, *told])


def no_sideways_scroll(page: Page) -> None:
    """Nothing on the page is wider than the window."""
    page.wait_for_load_state("load")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        culprits = page.evaluate(
            """[...document.querySelectorAll("body *")]
                 .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                 .slice(-5).map(one => one.outerHTML.slice(0, 120))"""
        )
        raise AssertionError(f"{page.url} is {wide} px too wide: {culprits}")


def big_enough_to_press(page: Page) -> None:
    """Every button, tick box and standing-alone link is at least 24 px in both directions."""
    small = page.evaluate(
        """[...document.querySelectorAll("button, input:not([type=hidden]), select, summary, li > a, .button")]
             .map(one => [one, one.getBoundingClientRect()])
             .filter(([, box]) => box.width > 0 && (box.height < 24 || box.width < 24))
             .map(([one]) => one.outerHTML.slice(0, 120))"""
    )
    assert not small, f"{page.url}: {small}"


def sign_in(page: Page, person: Any) -> None:
    """The rest of this tab's journey is `person`'s. The login page itself has its own test."""
    if page.url == "about:blank":
        page.goto("/thiet-ke/")
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": page.evaluate("location.origin")}]
    )


def picture(page: Page, file: Path) -> None:
    """The whole page as PNG."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True, animations="disabled")
