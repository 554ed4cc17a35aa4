"""A head connects another system and has it told, in a real browser."""

from datetime import timedelta

import pytest
from calling import let_in
from cast import NOW, Cast, hire
from playwright.sync_api import Page, expect
from screens import held, sign_in

from lachan.api.actions.webhooks import switch_off
from lachan.api.models import Delivery, Webhook
from lachan.orgs.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests see the moment of the cast."""
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)


@pytest.mark.parametrize("width", ["page", "phone"])
def test_a_head_makes_a_token(request: pytest.FixtureRequest, width: str, cast: Cast) -> None:
    screen: Page = request.getfixturevalue(width)
    head = hire("Giang", (Role.HEAD, cast.commune))
    sign_in(screen, head)
    screen.goto(f"/don-vi/{cast.commune.pk}/")
    screen.get_by_role("link", name="Kết nối phần mềm khác").click()
    held(screen, "ket-noi-chua-co")
    screen.get_by_label("Tên phần mềm").fill("Phần mềm quản lý trường học")
    screen.get_by_label("Đọc, và gửi báo cáo chờ thủ trưởng duyệt").check()
    screen.get_by_role("button", name="Tạo mã", exact=True).click()
    screen.get_by_text("Mã chỉ hiện một lần").wait_for()
    held(screen, "ket-noi-ma-moi")
    let_in(cast.commune, head, below=True).get("/token")
    screen.get_by_role("link", name="Đã chép mã").click()
    expect(screen.get_by_role("button", name="Thu hồi mã …")).to_have_count(2)
    held(screen, "ket-noi-danh-sach")


@pytest.mark.parametrize("width", ["page", "phone"])
def test_a_head_has_another_system_told(request: pytest.FixtureRequest, width: str, cast: Cast) -> None:
    screen: Page = request.getfixturevalue(width)
    head = hire("Giang", (Role.HEAD, cast.commune))
    sign_in(screen, head)
    screen.goto(f"/don-vi/{cast.commune.pk}/ket-noi/")
    screen.get_by_role("link", name="Báo tin tự động cho phần mềm khác").click()
    held(screen, "bao-tin-chua-co")
    screen.get_by_label("Địa chỉ nhận tin").fill("https://phanmem.truong.example/api/v2/la-chan/nhan-tin")
    screen.get_by_role("button", name="Đăng ký", exact=True).click()
    screen.get_by_text("Khóa bí mật chỉ hiện một lần").wait_for()
    held(screen, "bao-tin-dia-chi-moi")
    webhook = Webhook.objects.get()
    with_messages(webhook)
    screen.get_by_role("link", name="Đã chép khóa").click()
    expect(screen.get_by_role("button", name="Gửi lại tin")).to_have_count(3)
    held(screen, "bao-tin-cac-tin")
    switch_off(webhook, because="gone", now=NOW)
    screen.reload()
    held(screen, "bao-tin-da-ngung")
    screen.get_by_role("button", name="Bật lại").click()
    screen.get_by_role("link", name="Báo tin tự động").click()
    screen.get_by_text("Đang báo tin").wait_for()
    held(screen, "bao-tin-danh-sach")


def with_messages(webhook: Webhook) -> None:
    """One that arrived, two that were given up, and one that waits for its third try."""
    for entry, (event, state, status, answer) in enumerate(
        [
            ("return.submitted", "sent", 204, ""),
            ("return.approved", "failed", 503, "Máy chủ đang bảo trì, mời quay lại sau"),
            ("return.sent_back", "failed", 503, "Máy chủ đang bảo trì, mời quay lại sau"),
            ("return.accepted", "waiting", None, "Connection refused"),
        ]
    ):
        Delivery.objects.create(
            webhook=webhook,
            entry=entry,
            event=event,
            body="{}",
            state=state,
            status=status,
            answer=answer,
            tries=2,
            posted_at=NOW,
            tried_at=NOW,
            next_try_at=NOW + timedelta(minutes=4),
        )
    Webhook.objects.filter(pk=webhook.pk).update(failing_since=NOW)
