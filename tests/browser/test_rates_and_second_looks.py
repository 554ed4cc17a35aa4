"""What the level above is asked to look at again, and the rates of a year: wide and on a phone."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from cascades import a_campaign, of, reported
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from regimes import a_pattern, in_force
from screens import held, sign_in

from lachan.reporting.actions import regimes, returns
from lachan.reporting.models import Obligation, Question, Return

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW + timedelta(days=1))
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def the_last_of(cast: Cast, *numbers: int) -> Return:
    """The city reports these numbers one campaign after another."""
    for at, number in enumerate(numbers, start=1 - len(numbers)):
        campaign = a_campaign(cast.department, [cast.city], by=cast.an)
        owed = Obligation.objects.get(form__campaign=campaign)
        typed = {Question.objects.get(form=owed.form, kind="whole").key: str(number)}
        now = NOW + timedelta(days=30 * at)
        version = returns.submit(owed, typed=typed, request_key="key", by=cast.an, now=now)
        returns.approve(version, by=cast.an, now=now)
    return version


def test_a_doubt_is_read_set_aside_and_found_in_the_list(sized: Page, cast: Cast) -> None:
    version = the_last_of(cast, *range(90, 180, 10), 340)
    here = f"/chien-dich/{version.obligation.form.campaign_id}/nen-xem-lai/"
    sign_in(sized, cast.an)
    sized.goto(here)
    held(sized, "nen-xem-lai")
    sized.get_by_role("link", name="Xem bản 1").click()
    expect(sized.locator("li", has_text="là 340, trong khi 9 lần trước").first).to_be_visible()
    sized.locator("summary", has_text="Bỏ qua, có lý do").first.click()
    held(sized, "nen-xem-lai-bao-cao")
    sized.get_by_label("Vì sao số liệu này đúng").first.fill("Đợt cao điểm tháng 10, có kế hoạch riêng.")
    sized.get_by_role("button", name="Bỏ qua điểm này").first.click()
    expect(sized.get_by_role("heading", name="Điểm đã bỏ qua")).to_be_visible()
    held(sized, "nen-xem-lai-da-bo-qua")
    sized.goto(f"{here}?loc=da-bo-qua")
    held(sized, "nen-xem-lai-danh-sach-bo-qua")


def test_the_rates_of_a_year(sized: Page, cast: Cast) -> None:
    regime = in_force(a_pattern(cast))
    for unit in (cast.city, cast.commune):
        reported(of(unit, regime.rounds.get()), by=cast.an)
    regimes.give_next(regime, period="2025-04", by=cast.an, now=NOW)
    sign_in(sized, cast.an)
    sized.goto(f"/che-do-bao-cao/{regime.pk}/ty-le/2025/")
    held(sized, "ty-le-trong-nam")
