"""When figures are locked: the page of the owner, and what units read."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from cascades import DUE
from cast import NOW, Cast
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.reporting.actions import locking, returns
from lachan.reporting.actions.locking import Leave, Rules
from lachan.reporting.models import LockPlea, LockRule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LATE = DUE + timedelta(days=6)


@pytest.fixture
def locked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Locked five days after the due time; suspended once, and a branch let through."""
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: LATE)
    scene = set_up(cast)
    who = {"by": scene.coordinator}
    version = returns.submit(
        scene.owed(cast.commune), typed=scene.typed(12, "Loa hỏng"), request_key="a", by=scene.officer, now=NOW
    )
    returns.approve(version, by=scene.head, now=NOW)
    locking.set_rules(scene.campaign, rules=Rules(after_due=5, when_sent_up=True), **who, now=NOW)
    rule = LockRule.objects.get(days=5)
    hour = timedelta(hours=1)
    locking.suspend(rule, because="Hệ thống ngừng chiều 04/4", until=None, **who, now=LATE - 3 * hour)
    locking.resume(rule, **who, now=LATE - 2 * hour)
    place = scene.owed(cast.press).assignment
    leave = Leave(place=place, with_below=True, because="Báo in bổ sung hai số đặc biệt", until=LATE + 30 * hour)
    locking.let_through(scene.campaign, leave=leave, request_key="p", **who, now=LATE - hour)
    return scene


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def test_the_coordinator_lets_a_unit_through_and_it_goes_on(sized: Page, locked: Scene) -> None:
    sign_in(sized, locked.officer)
    sized.goto(f"/bao-cao/{locked.owed(locked.cast.commune).pk}/ban/1/")
    held(sized, "locks-1-version")
    sign_in(sized, locked.coordinator)
    sized.goto(f"/chien-dich/{locked.campaign.pk}/")
    sized.get_by_role("link", name="Xem và sửa quy tắc khóa, ngoại lệ").click()
    sized.get_by_role("link", name="Cấp ngoại lệ").click()
    sized.locator("[name=unit]").fill("Xã Gò Cao")
    sized.get_by_role("button", name="Cấp ngoại lệ").click()
    held(sized, "locks-2-let-through")
    sized.get_by_label("Lý do").fill("Xã bổ sung số liệu hai thôn bị mất mạng")
    sized.get_by_label("Đến hết ngày").fill("10/04/2025")
    sized.get_by_role("button", name="Cấp ngoại lệ").click()
    expect(sized.get_by_role("status").first).to_contain_text("Đã cấp ngoại lệ khóa số liệu cho Xã Gò Cao.")
    held(sized, "locks-3-page")
    sized.get_by_role("link", name="Tạm ngừng").first.click()
    held(sized, "locks-4-suspend")
    sign_in(sized, locked.officer)
    sized.goto(f"/bao-cao/{locked.owed(locked.cast.commune).pk}/ban/1/")
    expect(sized.get_by_role("link", name="Điều chỉnh báo cáo")).to_be_visible()
    sized.goto(f"/bao-cao/{locked.owed(locked.cast.commune).pk}/dieu-chinh/")
    held(sized)


def test_a_unit_asks_to_be_let_through_and_reads_the_answer(sized: Page, locked: Scene) -> None:
    sign_in(sized, locked.officer)
    sized.goto(f"/bao-cao/{locked.owed(locked.cast.commune).pk}/ban/1/")
    sized.get_by_role("link", name="Đề nghị cấp ngoại lệ").click()
    sized.get_by_label("Lý do").fill("Thôn Trung mất mạng từ 02/4 nên gửi số liệu muộn")
    sized.get_by_label("Cần đến hết ngày").fill("10/04/2025")
    held(sized, "locks-5-plead")
    sized.get_by_role("button", name="Gửi đề nghị").click()
    expect(sized.get_by_text("đang chờ trả lời")).to_be_visible()
    sign_in(sized, locked.coordinator)
    sized.goto(f"/chien-dich/{locked.campaign.pk}/")
    held(sized, "locks-6-needs")
    sized.get_by_role("link", name="Xem và trả lời").click()
    held(sized, "locks-7-pleas")
    sized.get_by_role("link", name="Xem và trả lời").click()
    held(sized, "locks-8-answer")
    sized.get_by_role("button", name="Không cấp").click()
    expect(sized.get_by_role("alert")).to_contain_text("Ghi vì sao không cấp")
    sized.get_by_label("Lời nhắn").fill("Đã chốt số liệu gửi Bộ; thôn Trung ghi vào kỳ sau")
    sized.get_by_role("button", name="Không cấp").click()
    expect(sized.get_by_text("Không cấp ngoại lệ cho")).to_be_visible()
    assert LockPlea.objects.get().answered_by == locked.coordinator
    sign_in(sized, locked.officer)
    sized.goto(f"/bao-cao/{locked.owed(locked.cast.commune).pk}/ban/1/")
    expect(sized.get_by_text("thôn Trung ghi vào kỳ sau")).to_be_visible()
    held(sized, "locks-9-refused")
