"""What every screen is held to: `from screens import held` in a test of this folder."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Page

PICTURES, SCREENS = os.environ.get("LACHAN_PICTURES", ""), os.environ.get("LACHAN_SCREENS", "")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block", "target-size"], "resultTypes": ["violations"]}


def held(page: Page, name: str = "") -> None:
    """All that every screen is held to, on what the page shows now. Its picture stays under `name` in LACHAN_PICTURES, a folder."""
    if name and PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width_of(page)}.png", full_page=True, animations="disabled")
    axe_clean(page)
    no_sideways_scroll(page)
    big_enough_to_press(page)
    held_for_weak_eyes(page)


def held_for_weak_eyes(page: Page) -> None:
    """With text at 200 %, wide and at 360 px, everything is in the window and no words are cut off; in forced colours axe finds
    nothing and no two states look apart by colour alone."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": size["height"]})
        no_sideways_scroll(page)
        no_words_cut_off(page)
    page.set_viewport_size(size)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(forced_colors="active")
    axe_clean(page, OF_COLOUR)
    states_in_words(page)
    page.emulate_media(forced_colors="none")


def axe_clean(page: Page, rules: dict[str, list[str]] = RULES) -> None:
    """No violation of WCAG 2.2 A or AA, nor of axe's best practice, on what the page shows now."""
    page.wait_for_load_state("load")  # a click returns before the style sheet of the next page is there
    found = Axe().run(page, options=rules).response["violations"]
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


def no_words_cut_off(page: Page) -> None:
    """No heading, label, button, link or state reaches out of a box that hides what does not fit."""
    cut = page.evaluate(
        """[...document.querySelectorAll("h1, h2, h3, h4, label, legend, button, .button, a, summary, .state")]
             .filter(one => {
               const words = one.getBoundingClientRect();
               for (let box = one; box && words.width > 1; box = box.parentElement) {
                 const style = getComputedStyle(box), edge = box.getBoundingClientRect();
                 if (style.clipPath !== "none" || edge.width < 2) return false;  // for ears only
                 if (/hidden|clip/.test(style.overflowX))
                   return box === one ? one.scrollWidth > one.clientWidth : words.right > edge.right + 1;
               }
             })
             .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert not cut, f"{page.url}: {cut}"


def states_in_words(page: Page) -> None:
    """Every mark of a state has words, and the same words never stand for two looks."""
    states = page.locator(".state").evaluate_all("all => all.map(one => [one.textContent.trim(), one.className])")
    looks: dict[str, str] = {}
    for words, look in states:
        assert words, f"{page.url}: a state without words, {look}"
        assert looks.setdefault(words, look) == look, f"{page.url}: “{words}” looks now so, now otherwise"


def sign_in(page: Page, person: Any, device: str = "") -> None:
    """The rest of this tab's journey is `person`'s, on a device they called their own or shared, or said nothing about.

    The login page itself has its own test."""
    if page.url == "about:blank":
        page.goto("/thiet-ke/")
    client = Client()
    client.force_login(person)
    session = client.session
    session["device"] = device
    session.save()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": page.evaluate("location.origin")}]
    )


def kept(page: Page, name: str) -> None:
    """The window's picture under `name` in LACHAN_SCREENS, a folder, where one is named; in few colours, to be small."""
    if SCREENS:
        shot = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        shot.quantize(96).save(Path(SCREENS) / f"{name}-{width_of(page)}.png", optimize=True)


def width_of(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0
