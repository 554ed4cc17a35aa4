"""A return mended after it was sent up: as its unit writes it, and as those above read of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from scenes import Scene, set_up, words_for
from screens import held, sign_in

from lachan.reporting.actions import amending, returns
from lachan.reporting.actions.consolidating import consolidate
from lachan.reporting.models import Return

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHY = "Thôn Trung gửi bổ sung hai buổi tuyên truyền ngày 28/02."
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: LATER)
    return set_up(cast)


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


@pytest.fixture
def accepted(scene: Scene) -> Return:
    """The commune's 12, accepted by the district."""
    owed = scene.owed(scene.cast.commune)
    version = returns.submit(owed, typed=scene.typed(12, "Loa hỏng"), request_key="a", by=scene.officer, now=NOW)
    returns.approve(version, by=scene.head, now=NOW)
    returns.accept(version, unit=scene.cast.district, by=scene.district_officer, now=NOW)
    return version


def test_an_officer_amends_what_was_sent(sized: Page, scene: Scene, accepted: Return) -> None:
    sign_in(sized, scene.officer)
    sized.goto(accepted.get_absolute_url())
    held(sized, "amend-1-accepted")
    sized.get_by_role("link", name="Điều chỉnh báo cáo").click()
    sized.get_by_role("button", name="Điều chỉnh", exact=True).click()
    held(sized, "amend-2-reason")
    sized.get_by_label("Lý do điều chỉnh").fill(WHY)
    sized.get_by_role("button", name="Điều chỉnh", exact=True).click()
    held(sized, "amend-3-form")
    sized.get_by_label("Số buổi tuyên truyền").fill("14")
    sized.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
    expect(sized.get_by_role("status").first).to_contain_text("Đã gửi thủ trưởng duyệt (bản 2).")


def test_those_above_read_what_has_changed(sized: Page, scene: Scene, accepted: Return) -> None:
    words = words_for(scene.campaign, None)
    report = consolidate(scene.campaign, top=None, words=words, request_key="r", by=scene.coordinator, now=NOW)
    owed = scene.owed(scene.cast.commune)
    amending.begin(owed, because=WHY, request_key="m", by=scene.officer, now=LATER)
    version = returns.submit(owed, typed=scene.typed(14), request_key="b", by=scene.officer, now=LATER)
    returns.approve(version, by=scene.head, now=LATER)
    sign_in(sized, scene.coordinator)
    sized.goto(version.get_absolute_url())
    held(sized, "amend-4-version")
    sized.goto(f"/chien-dich/{scene.campaign.pk}/so-lieu/")
    sized.get_by_role("link", name="1 thay đổi sau khi duyệt").click()
    expect(sized.get_by_text("Thôn Trung gửi bổ sung")).to_be_visible()
    held(sized, "amend-5-changes")
    sized.goto(f"/chien-dich/{scene.campaign.pk}/tong-hop/")
    held(sized, "amend-7-reports")
    sized.goto(report.get_absolute_url())
    sized.get_by_text("1 báo cáo đã thay đổi sau khi duyệt").click()
    held(sized, "amend-6-report")
