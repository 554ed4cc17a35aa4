"""The analysis of a year: wide, on a phone and on paper."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cascades import DUE, a_campaign, of, passed_on, reported
from cast import NOW, Cast
from fates import Fate
from playwright.sync_api import Page, expect
from reform import split
from screens import held, sign_in

from lachan.activities import actions as activities
from lachan.campaigns.models import Assignment
from lachan.reporting.models import Obligation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DONE = (("talk", 60), ("leaflet", None), ("loudspeaker", 900), ("social-page", 4_200))


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


@pytest.fixture(autouse=True)
def years(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A campaign due last year and one due in two months of this year."""
    settings.ANALYSIS_FOLDER = tmp_path
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: DUE + timedelta(days=80))
    fate = Fate(cast, random.Random(5))
    last, this = fate.cascade(), fate.cascade()
    Obligation.objects.filter(form__campaign=last).update(
        due_at=DUE - timedelta(days=340), received_at=DUE - timedelta(days=342)
    )
    deeper = Obligation.objects.filter(form__campaign=this, assignment__parent__isnull=False)
    deeper.update(due_at=DUE + timedelta(days=31))
    for at, given in enumerate(Assignment.objects.filter(campaign=this)[:12]):
        channel, audience = DONE[at % 4]
        facts = activities.Facts(channel, NOW.date(), "Ở thôn", times=at + 1, audience=audience)
        activities.record(given.unit, campaign=this, facts=facts, request_key=f"{at}", by=cast.an, now=NOW)
    of_communes = a_campaign(cast.department, [cast.district], by=cast.an)
    passed_on(of(cast.district, of_communes), [cast.commune, cast.other_commune], by=cast.an)
    reported(of(cast.commune, of_communes), by=cast.an)
    split(cast)


def test_a_year_is_read_and_printed(sized: Page, cast: Cast) -> None:
    sign_in(sized, cast.an)
    sized.goto("/phan-tich/?nam=2025&don-vi=hien-nay")
    expect(sized.get_by_role("link", name="Theo đơn vị hiện nay")).to_be_visible()
    expect(sized.get_by_role("link", name="Mọi bảng của trang này")).to_be_visible()
    held(sized, "phan-tich")
    sized.emulate_media(media="print")
    expect(sized.locator("svg.bar").first).to_be_visible()
    expect(sized.get_by_role("table").first).to_be_visible()
