"""Two people fill in one return at once; a line breaks; a session ends: each sees the other's change and nothing is lost."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from cast import NOW, PASSWORD, Cast, hire
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.accounts.sessions import OWN
from lachan.orgs.models import Person, Role

TYPED = "store => Object.keys(window[store]).filter((name) => name.startsWith('lachan-typed-')).length"
BOTH = ("localStorage", "sessionStorage")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    return set_up(cast)


@pytest.fixture
def hoa(scene: Scene) -> Person:
    return hire("Hoa", (Role.OFFICER, scene.cast.commune))


@pytest.fixture
def both(tab: Any, scene: Scene, hoa: Person) -> Iterator[tuple[Page, Page]]:
    """Chi's tab and Hoa's, both on the return of the commune."""
    with ExitStack() as stack:
        pages = [stack.enter_context(tab()) for _ in range(2)]
        for page, person in zip(pages, (scene.officer, hoa), strict=True):
            sign_in(page, person)
            page.goto(f"/bao-cao/{scene.owed(scene.cast.commune).pk}/")
        yield pages[0], pages[1]


def number(page: Page) -> Any:
    return page.get_by_label("Số buổi tuyên truyền")


def words(page: Page) -> Any:
    return page.get_by_label("Khó khăn, vướng mắc")


def test_one_sees_what_another_typed_and_different_cells_merge(both: tuple[Page, Page], scene: Scene) -> None:
    chi, hoa = both
    number(chi).fill("12")
    words(hoa).fill("Loa hỏng")
    for page in both:
        expect(page.locator("#autosave-status")).to_contain_text("Đã lưu")
    expect(words(chi)).to_have_value("Loa hỏng", timeout=25_000)
    expect(number(hoa)).to_have_value("12", timeout=25_000)
    expect(chi.get_by_text("Hoa vừa sửa ô này")).to_be_visible()
    assert scene.owed(scene.cast.commune).typed == scene.typed(12, "Loa hỏng")


def test_two_who_differ_see_both_and_choose(both: tuple[Page, Page], scene: Scene) -> None:
    chi, hoa = both
    number(chi).fill("12")
    expect(chi.locator("#autosave-status")).to_contain_text("Đã lưu")
    number(hoa).fill("15")
    choice = hoa.get_by_role("group", name="Hai người ghi khác nhau")
    expect(choice).to_contain_text("12 Chi")
    expect(choice).to_contain_text("15 Hoa")
    expect(number(hoa)).to_have_value("15")
    held(hoa, "hai-nguoi-khac-nhau")
    choice.get_by_label("12").check()
    expect(choice).to_have_count(0)
    expect(number(hoa)).to_have_value("12")
    assert not scene.owed(scene.cast.commune).read_draft().disputed


def type_without_a_line(page: Page, scene: Scene, device: str) -> None:
    sign_in(page, scene.officer, device)
    page.goto(f"/bao-cao/{scene.owed(scene.cast.commune).pk}/")
    page.route("**/luu-nhap/", lambda route: route.abort())
    number(page).fill("41")
    expect(page.locator("#autosave-status")).to_contain_text("vẫn còn trên máy này")


def typed_here(page: Page) -> list[int]:
    """How many pieces of unsaved text stay in the browser for good, and as long as the tab."""
    return [page.evaluate(TYPED, store) for store in BOTH]


@pytest.mark.parametrize(("device", "kept"), [(OWN, [1, 0]), ("", [0, 1])], ids=["own", "nobody said"])
def test_what_could_not_be_saved_is_offered_again_on_the_same_machine(
    page: Page, scene: Scene, device: str, kept: list[int]
) -> None:
    type_without_a_line(page, scene, device)
    assert typed_here(page) == kept
    page.unroute("**/luu-nhap/")
    page.reload()
    expect(page.get_by_text("Trên máy này còn nội dung chưa kịp lưu.")).to_be_visible()
    held(page, "con-noi-dung")
    page.get_by_role("button", name="Lấy lại nội dung đó").click()
    expect(number(page)).to_have_value("41")
    expect(page.locator("#autosave-status")).to_contain_text("Đã lưu")
    assert typed_here(page) == [0, 0]


@pytest.mark.parametrize("device", [OWN, ""], ids=["own", "nobody said"])
def test_signing_out_leaves_nothing_typed_on_the_machine(page: Page, scene: Scene, device: str) -> None:
    type_without_a_line(page, scene, device)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_have_count(0)
    assert typed_here(page) == [0, 0]


def test_where_others_may_come_the_end_of_the_session_leaves_what_was_typed_on_the_page_alone(
    page: Page, scene: Scene
) -> None:
    type_without_a_line(page, scene, "")
    page.unroute("**/luu-nhap/")
    page.context.clear_cookies(name="sessionid")
    words(page).fill("Loa hỏng")
    expect(page.locator("#autosave-status")).to_contain_text("Nội dung anh/chị nhập vẫn còn trên trang này")
    assert typed_here(page) == [0, 0]
    expect(number(page)).to_have_value("41")


def test_a_session_that_ended_elsewhere_leaves_nothing_once_the_login_page_is_seen(page: Page, scene: Scene) -> None:
    type_without_a_line(page, scene, "")
    page.context.clear_cookies(name="sessionid")
    page.goto("/tai-khoan/login/")
    assert typed_here(page) == [0, 0]


@pytest.mark.parametrize("script", [True, False])
def test_a_session_that_ends_mid_form_loses_nothing(tab: Any, scene: Scene, script: bool) -> None:
    owed = scene.owed(scene.cast.commune)
    with tab(java_script_enabled=script) as page:
        page.goto("/thiet-ke/")
        sign_in(page, scene.officer)
        page.goto(f"/bao-cao/{owed.pk}/")
        page.context.clear_cookies(name="sessionid")
        words(page).fill("Loa hỏng từ tháng 3")
        number(page).fill("41")
        if script:
            expect(page.locator("#autosave-status")).to_contain_text("Phiên đăng nhập đã hết")
        page.get_by_role("button", name="Gửi thủ trưởng duyệt").click()
        page.get_by_label("Địa chỉ thư điện tử").fill(scene.officer.email)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(page.get_by_text("Loa hỏng từ tháng 3")).to_be_visible()
        page.get_by_role("button", name="Gửi tiếp").click()
        expect(page.get_by_role("status").first).to_contain_text("Đã gửi thủ trưởng duyệt (bản 1).")
    assert owed.returns.get().values[scene.number.key] == 41
