"""A real Chromium for whole journeys.

`page` is a tab of a Vietnamese reader at 1280 px, `phone` one at 360 px, both on `live_server`. A test fails when its pages ask
another site for anything, break the content security policy or raise an error in a script. What every screen is held to is in
`screens.py` beside this.
"""

import os
import random
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, expect, sync_playwright

CHROMIUM = os.environ.get("LACHAN_CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
QUIET_FAULTS = ("Failed to load resource", "htmx:", "Response Status Error Code")  # answers that a test asked for
NewTab = Callable[..., Any]
PATIENCE = 20_000  # milliseconds; a machine that tests on both of its cores is slow at times
TABS = pytest.StashKey[list[tuple[Page, list[str]]]]()  # with what each said on the console
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        sentence = f"No browser at {CHROMIUM}: install the Debian package chromium, or set LACHAN_CHROMIUM."
        pytest.fail(sentence) if "CI" in os.environ else pytest.skip(sentence)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; our queries are not in it
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure comes with what its pages showed last: one seen once, on a machine far away, is to be understood there."""
    report = yield
    tabs = item.stash.get(TABS, [])
    if report.when == "call" and report.failed:
        report.sections += [
            (f"on the screen: {page.url}", "\n".join([shown_by(page), *said]))
            for page, said in tabs
            if not page.is_closed()
        ]
    return report


def shown_by(page: Page) -> str:
    try:
        return page.locator("body").inner_text(timeout=2000)[:3000]
    except Error as fault:
        return str(fault)


@pytest.fixture
def tab(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> NewTab:
    """`with tab(width=1280, language="vi-VN", **options) as page`: options as in Playwright's new_context."""

    @contextmanager
    def opened(width: int = 1280, height: int = 900, language: str = "vi-VN", **options: Any) -> Iterator[Page]:
        troubles: list[str] = []
        said: list[str] = []
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale=language, **options
        )
        context.set_default_timeout(PATIENCE)
        if not language.startswith("vi"):  # as the language switch does; what the browser asks for is left aside
            context.add_cookies([{"name": "django_language", "value": language[:2], "url": live_server.url}])

        def only_here(route: Route) -> None:
            if route.request.url.startswith(live_server.url):
                route.continue_()
            else:
                troubles.append(f"asks another site: {route.request.url}")
                route.abort()

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and not message.text.startswith(QUIET_FAULTS):
                troubles.append(f"{page.url}: {message.text} {message.location}")

        context.route("**/*", only_here)
        page = context.new_page()
        page.on("console", heard)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        request.node.stash.setdefault(TABS, []).append((page, said))
        yield page
        context.close()
        assert not troubles

    return opened


@pytest.fixture
def page(tab: NewTab) -> Iterator[Page]:
    with tab() as one:
        yield one


@pytest.fixture
def phone(tab: NewTab) -> Iterator[Page]:
    with tab(width=360, height=740, has_touch=True, is_mobile=True) as one:
        yield one


@pytest.fixture
def province(transactional_db: None) -> None:
    """The sample province of more than a thousand units, with a campaign played to its end; everybody's password is PASSWORD."""
    from cast import PASSWORD

    from lachan.project.sample import play
    from lachan.project.sample.letter import campaign_dates
    from lachan.project.sample.people import hire
    from lachan.project.sample.province import found_province

    now, dice = timezone.now(), random.Random(7)  # noqa: TID251 - the days happen now
    units = found_province(now=now)
    staff = hire(units, password=PASSWORD, now=now, dice=dice)
    stage = play.Stage(units, staff, campaign_dates(now), dice, play.silently)
    campaign = play.start_campaign(stage, play.receive_letter(stage))
    replies = play.make_replies(stage)
    play.cascade(stage, campaign, replies, "")
    play.report(stage, campaign, replies, "")
