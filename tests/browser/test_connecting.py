"""A head connects another system, in a real browser."""

import pytest
from calling import let_in
from cast import NOW, Cast, hire
from playwright.sync_api import Page
from screens import held, sign_in

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
    assert screen.get_by_text("Mã chỉ hiện một lần").is_visible()
    held(screen, "ket-noi-ma-moi")
    let_in(cast.commune, head, below=True).get("/token")
    screen.get_by_role("link", name="Đã chép mã").click()
    assert screen.get_by_role("button", name="Thu hồi mã Phần mềm quản lý trường học").is_visible()
    held(screen, "ket-noi-danh-sach")
