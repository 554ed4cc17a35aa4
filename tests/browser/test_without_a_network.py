"""Work without a network in a real browser: a cut line, a full store, a wrong clock, a new release, a shared device."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast, hire
from django.contrib.staticfiles import finders
from django.utils import timezone
from pictures import a_photo
from playwright.sync_api import Page, Route, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.accounts.sessions import OWN, SHARED
from lachan.activities.models import Activity, Photo
from lachan.engine.drafts import Page as DraftPage
from lachan.foundation import offline
from lachan.foundation.views import WORKER
from lachan.orgs.models import Role
from lachan.reporting.actions import returns
from lachan.reporting.models import Return

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIN = "246810"
APP = "/ngoai-tuyen/"
APP_SCRIPT = "foundation/offline/app.js"
ALL_THAT_IS_STORED = """async () => {
  const told = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const base = await told(indexedDB.open((await indexedDB.databases())[0].name));
  const rows = [];
  for (const place of base.objectStoreNames) rows.push(...await told(base.transaction(place).objectStore(place).getAll()));
  base.close();
  const plain = (data) => new TextDecoder("latin1").decode(data ?? new Uint8Array());
  return rows.map((row) => JSON.stringify(row) + plain(row.data)).join("");
}"""

IN_CONTROL = """() => new Promise((done, never) => {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) done();
  serviceWorker.addEventListener("controllerchange", () => done(), { once: true });
  setTimeout(() => never(new Error("no worker has taken the page over")), 20_000);
})"""
"""Waits; `wait_for_function` would ask again by `eval`, which the page's own policy forbids."""


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "files"
    return set_up(cast)


def switch_on(page: Page) -> None:
    page.locator("#off-pin-1").fill(PIN)
    page.locator("#off-pin-2").fill(PIN)
    page.get_by_role("button", name="Bật trên máy này").click()
    expect(page.get_by_role("heading", name="Làm việc không mạng", exact=True)).to_be_visible()
    page.evaluate(IN_CONTROL)


def open_app(page: Page, person: Any) -> None:
    """Signed in, with the app switched on and ready to go without a network."""
    sign_in(page, person, OWN)
    page.goto(APP)
    switch_on(page)


def unlock(page: Page) -> None:
    page.locator("#off-pin").fill(PIN)
    page.get_by_role("button", name="Mở", exact=True).click()


def unsent(page: Page, count: int) -> None:
    words = f"{count} việc chưa gửi" if count else "Không còn việc nào chưa gửi"
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def write(page: Page, what: str, people: str = "15") -> None:
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Số lượt hộ").fill("4")
    page.get_by_label("Số người được hướng dẫn").fill(people)
    page.get_by_label("Đã làm gì").fill(what)
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()


def test_visits_written_without_a_line_wait_in_sight_and_are_sent_in_order(phone: Page, scene: Scene) -> None:
    open_app(phone, scene.officer)
    phone.context.set_offline(True)
    phone.goto("/hoat-dong/")
    expect(phone.get_by_text("Trang vừa mở cần có mạng.")).to_have_count(0)
    unlock(phone)
    for what in ("Xóm Trong", "Xóm Ngoài", "Xóm Giữa"):
        write(phone, what)
    unsent(phone, 3)
    held(phone, "ngoai-tuyen-cho-gui")
    phone.context.set_offline(False)
    unsent(phone, 0)
    assert [one.what for one in Activity.objects.order_by("pk")] == ["Xóm Trong", "Xóm Ngoài", "Xóm Giữa"]
    assert {(one.channel, one.times, one.audience, one.recorded_by) for one in Activity.objects.all()} == {
        ("visit", 4, 15, scene.officer)
    }


ONE_SLOW_SEAL = """(() => {
  const seal = SubtleCrypto.prototype.encrypt;
  SubtleCrypto.prototype.encrypt = async function (...given) {
    SubtleCrypto.prototype.encrypt = seal;
    console.info("begins to seal");
    await new Promise((done) => setTimeout(done, 2_000));
    console.info("sealed late");
    return seal.apply(this, given);
  };
})()"""


def test_a_draft_that_is_slow_to_be_kept_does_not_land_on_what_was_queued_meanwhile(page: Page, scene: Scene) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    with page.expect_console_message(lambda said: said.text == "sealed late"):
        with page.expect_console_message(lambda said: said.text == "begins to seal"):
            page.evaluate(ONE_SLOW_SEAL)
            page.get_by_label("Đã làm gì").fill("Xóm Trong")
        page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    unsent(page, 1)
    page.context.set_offline(False)
    unsent(page, 0)
    assert Activity.objects.get().what == "Xóm Trong"


ONE_SLOW_SHRINK = """(() => {
  const opened = window.createImageBitmap;
  window.createImageBitmap = async (...given) => {
    window.createImageBitmap = opened;
    console.info("begins to shrink");
    await new Promise((done) => setTimeout(done, 2_000));
    console.info("shrinks late");
    return opened(...given);
  };
})()"""


def test_a_photo_still_being_made_small_goes_along_with_what_is_queued_meanwhile(
    page: Page, scene: Scene, tmp_path: Path
) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Đã làm gì").fill("Xóm Trong")
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(a_photo(1, (640, 480)) + bytes(500_000))  # large enough to be made small
    with page.expect_console_message(lambda said: said.text == "shrinks late"):
        with page.expect_console_message(lambda said: said.text == "begins to shrink"):
            page.evaluate(ONE_SLOW_SHRINK)
            page.locator("input[type=file]").set_input_files(photo)
        page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    unsent(page, 1)
    page.context.set_offline(False)
    unsent(page, 0)
    assert Activity.objects.get().photos.count() == 1


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def test_the_screens_of_the_app(sized: Page, scene: Scene) -> None:
    sized.goto(f"{APP}cai-dat/")
    held(sized, "ngoai-tuyen-cai-dat")
    sign_in(sized, scene.officer)
    sized.goto(APP)
    expect(sized.get_by_role("heading", name="Bật làm việc không mạng")).to_be_visible()
    held(sized, "ngoai-tuyen-bat")
    open_app(sized, scene.officer)
    sized.get_by_role("button", name="Ghi hoạt động").click()
    sized.get_by_label("Ngày khác").check()
    sized.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    expect(sized.get_by_role("alert")).to_contain_text("Chọn kênh tuyên truyền đã dùng.")
    held(sized, "ngoai-tuyen-ghi")
    sized.get_by_role("button", name="Cất lại, làm tiếp sau").click()
    sized.get_by_text("Trên máy này", exact=True).click()
    held(sized, "ngoai-tuyen-trang-dau")
    sized.get_by_role("button", name="Khóa ngay").click()
    expect(sized.get_by_role("heading", name="Đã khóa")).to_be_visible()
    held(sized, "ngoai-tuyen-khoa")


def test_a_return_is_filled_in_checked_and_sent_and_another_s_answer_is_shown_beside_mine(
    page: Page, scene: Scene
) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Điền").click()
    page.get_by_label("Số buổi tuyên truyền").fill("nhiều")
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    expect(page.get_by_role("alert")).to_contain_text("Anh/chị đã nhập “nhiều”.")
    page.get_by_label("Số buổi tuyên truyền").fill("12")
    held(page, "ngoai-tuyen-bao-cao")
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    unsent(page, 1)
    owed = scene.owed(scene.cast.commune)
    hoa = hire("Hoa", (Role.OFFICER, scene.cast.commune))
    returns.save_draft(owed, typed={scene.number.key: "15"}, page=DraftPage("hers", seen={}), by=hoa, now=NOW)
    page.context.set_offline(False)
    page.get_by_role("button", name="So hai bản").click()
    choice = page.get_by_role("group", name="Số buổi tuyên truyền")
    expect(choice).to_contain_text("Hoa")
    held(page, "ngoai-tuyen-hai-ban")
    page.get_by_role("button", name="Gửi theo lựa chọn").click()
    expect(page.get_by_role("alert")).to_contain_text("Chọn một bản cho “Số buổi tuyên truyền”.")
    choice.get_by_label("15").check()
    page.get_by_role("button", name="Gửi theo lựa chọn").click()
    unsent(page, 0)
    assert Return.objects.get().values[scene.number.key] == 15


@pytest.mark.parametrize("cut", ["before", "halfway", "answer lost"])
def test_wherever_the_line_is_cut_each_thing_is_there_once(page: Page, scene: Scene, cut: str, tmp_path: Path) -> None:
    open_app(page, scene.officer)
    times = []

    def breaking(route: Route) -> None:
        times.append(route.request.url)
        if len(times) > 1:
            route.continue_()
            return
        if cut == "answer lost":
            route.fetch()
        route.abort()

    at = {"before": "**/gui/", "halfway": "**/anh/**", "answer lost": "**/gui/"}[cut]
    page.context.route(at, breaking)
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(a_photo(1, (640, 480)))
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Đã làm gì").fill("Xóm Trong")  # the form is there; a file can be put into a hidden one too
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.locator("#off-photos canvas")).to_have_count(1)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    expect(page.locator("#off-items")).to_contain_text("Chưa gửi")
    page.reload()
    unsent(page, 0)
    assert len(times) > 1
    assert Activity.objects.get().photos.count() == Photo.objects.count() == 1


def test_what_was_changed_after_its_answer_was_lost_is_chosen_not_overwritten(page: Page, scene: Scene) -> None:
    open_app(page, scene.officer)
    lost = [True]

    def losing(route: Route) -> None:
        route.fetch()
        route.abort() if lost.pop() else route.continue_()

    page.context.route("**/gui/", losing, times=1)
    write(page, "Xóm Trong", "15")
    unsent(page, 1)
    page.context.set_offline(True)
    page.get_by_role("button", name="Sửa").click()
    page.get_by_label("Số người được hướng dẫn").fill("20")
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    page.context.set_offline(False)
    page.get_by_role("button", name="So hai bản").click()
    page.get_by_role("group", name="Số người").get_by_label("Của anh/chị").check()
    page.get_by_role("button", name="Gửi theo lựa chọn").click()
    unsent(page, 0)
    assert Activity.objects.get().audience == 20


def test_a_full_store_says_so_and_keeps_what_was_typed(
    page: Page, scene: Scene, live_server: Any, tmp_path: Path
) -> None:
    page.goto("/thiet-ke/")
    device = page.context.new_cdp_session(page)
    device.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 3_000_000})
    open_app(page, scene.officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Đã làm gì").fill("Xóm Trong")
    large = tmp_path / "anh.jpg"
    large.write_bytes(os.urandom(4_000_000))
    page.locator("input[type=file]").set_input_files(large)
    expect(page.locator("#off-said")).to_contain_text("Máy đã hết chỗ")
    expect(page.get_by_label("Đã làm gì")).to_have_value("Xóm Trong")
    # The browser may count the refused photo until it tidies up, so that only the room that is made, as the sentence says, is sure.
    device.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 30_000_000})
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    unsent(page, 1)


@pytest.mark.parametrize(("days", "word"), [(2, "nhanh"), (-2, "chậm")])
def test_a_clock_two_days_off_is_told_and_the_day_is_asked(page: Page, scene: Scene, days: int, word: str) -> None:
    open_app(page, scene.officer)
    right = timezone.now()  # noqa: TID251 - the device's clock is set against the real one
    page.context.set_offline(True)
    page.clock.set_system_time(right + timedelta(days=days))
    write(page, "Xóm Trong")
    page.context.set_offline(False)
    page.get_by_role("button", name="(theo đồng hồ hệ thống)").wait_for()
    expect(page.locator("#off-skewed")).to_contain_text(f"{word} 2 ngày")
    held(page, "ngoai-tuyen-dong-ho")
    assert not Activity.objects.exists()
    page.get_by_role("button", name="(theo đồng hồ hệ thống)").click()
    unsent(page, 0)
    recorded = Activity.objects.get()
    assert recorded.done_on == timezone.localdate(right)
    assert abs(recorded.recorded_at - right) < timedelta(hours=1)


# Said on the console, which stands in the report of a failure.
HOW_A_RELEASE_COMES = """(() => {
  const told = (...words) => console.info(Math.round(performance.now()), ...words);
  const watch = (one, state) => one && (told(state), one.addEventListener("statechange", () => told("worker", one.state)));
  for (const kind of ["online", "offline"]) addEventListener(kind, () => told(kind));
  const worker = navigator.serviceWorker, update = ServiceWorkerRegistration.prototype.update;
  worker?.addEventListener("controllerchange", () => told("a new worker controls the page"));
  worker?.ready.then((one) => one.addEventListener("updatefound", () => watch(one.installing, "a new worker")));
  ServiceWorkerRegistration.prototype.update = function () {
    told("asks for a new release");
    const asked = update.call(this);
    asked.then(() => told("asked"), (trouble) => told("asked in vain:", String(trouble)));
    return asked;
  };
})()"""


@pytest.fixture
def later_release(settings: Any, tmp_path: Path, page: Page) -> Iterator[Callable[[], None]]:
    """Puts the next release on the server: another first script of the app, which writes what waits in another way."""
    page.add_init_script(HOW_A_RELEASE_COMES)
    offline.version.cache_clear()  # a page of the last test may have asked after its end, with the next release still there

    def put() -> None:
        script = tmp_path / "later" / APP_SCRIPT
        script.parent.mkdir(parents=True)
        words = Path(finders.find(APP_SCRIPT) or "").read_text(encoding="utf-8")
        assert "const FORMAT = 1;" in words
        mark = "const FORMAT = 2; document.documentElement.dataset.release = 'later';"
        script.write_text(words.replace("const FORMAT = 1;", mark), encoding="utf-8")
        settings.STATICFILES_DIRS = [tmp_path / "later"]
        offline.version.cache_clear()

    yield put
    offline.version.cache_clear()


def of_the_later_release(page: Page) -> None:
    expect(page.locator("html[data-release=later]")).to_have_count(1)


def taking_over(page: Page) -> Any:
    """`with taking_over(page): …` ends once the worker of the next release has put away what the last one kept."""
    return page.expect_console_message(lambda said: said.text.endswith("worker activated"))


def test_a_page_still_loading_while_the_first_worker_takes_over_is_taken_along(page: Page, scene: Scene) -> None:
    page.add_init_script(HOW_A_RELEASE_COMES)
    sign_in(page, scene.officer, OWN)
    held_up: list[Route] = []

    def hold_up(route: Route) -> None:
        held_up.append(route)

    page.context.route("**/icon-192.png", hold_up)
    with page.context.expect_event("request", lambda asked: asked.url.endswith("icon-192.png")):
        page.goto(APP)  # only the worker asks for that file
    page.context.route(f"**{APP}", hold_up)
    with page.expect_request(f"**{APP}"):
        page.evaluate("setTimeout(() => location.reload())")
    with page.expect_console_message(lambda said: said.text.endswith("controls the page")):
        held_up.pop(0).continue_()
    held_up.pop().continue_()
    switch_on(page)


def test_an_update_that_comes_while_one_types_loses_nothing_and_sends_what_waited(
    later_release: Callable[[], None], page: Page, scene: Scene
) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    write(page, "Xóm Trong")
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Đã làm gì").fill("Xóm Ngoài")
    later_release()
    page.context.route("**/gui/", lambda route: route.abort())  # a weak line, on which the update alone comes through
    with taking_over(page):
        page.context.set_offline(False)
    assert page.evaluate("caches.keys()") == [f"la-chan-{offline.version()}-vi"]
    page.context.set_offline(True)
    page.context.unroute("**/gui/")
    expect(page.get_by_label("Đã làm gì")).to_have_value("Xóm Ngoài")
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    unsent(page, 2)
    page.context.set_offline(False)
    of_the_later_release(page)
    unsent(page, 0)
    assert [one.what for one in Activity.objects.order_by("pk")] == ["Xóm Trong", "Xóm Ngoài"]


def test_what_a_later_release_no_longer_takes_is_told_and_goes_once_looked_at_again(
    later_release: Callable[[], None], page: Page, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    write(page, "Xóm Trong")
    later_release()
    monkeypatch.setattr("lachan.accounts.offline.FORMATS", ("2",))
    page.context.set_offline(False)
    of_the_later_release(page)
    expect(page.locator("#off-items")).to_contain_text("Việc này ghi bằng bản cũ của ứng dụng.")
    page.get_by_role("button", name="Sửa").click()
    page.get_by_role("button", name="Đưa vào hàng chờ gửi").click()
    unsent(page, 0)
    assert Activity.objects.get().what == "Xóm Trong"


def test_the_next_release_comes_also_where_sending_finds_the_line_back(
    later_release: Callable[[], None], page: Page, scene: Scene
) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    later_release()
    held_up: list[Route] = []

    def hold_up(route: Route) -> None:
        held_up.append(route)

    page.context.route("**/phien/**", hold_up, times=1)
    with page.expect_request("**/phien/**"):
        write(page, "Xóm Trong")
    with page.expect_console_message(lambda said: said.text.endswith("online")):
        page.context.set_offline(False)
    held_up.pop().continue_()
    of_the_later_release(page)
    unsent(page, 0)


def test_a_release_whose_files_did_not_all_come_through_is_asked_for_again(
    later_release: Callable[[], None], page: Page, scene: Scene
) -> None:
    page.clock.install()
    open_app(page, scene.officer)
    page.context.set_offline(True)
    later_release()
    page.context.route("**/offline/queue.js", lambda route: route.abort(), times=2)
    with page.expect_console_message(lambda said: "redundant" in said.text):
        page.context.set_offline(False)
    with page.expect_console_message(lambda said: "redundant" in said.text):
        page.clock.fast_forward("00:20")
    page.clock.fast_forward("00:20")
    of_the_later_release(page)


def test_the_app_goes_over_to_the_release_that_came_once_the_form_is_put_away(
    later_release: Callable[[], None], page: Page, scene: Scene
) -> None:
    open_app(page, scene.officer)
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Đã làm gì").fill("Xóm Ngoài")
    later_release()
    with taking_over(page):
        page.context.set_offline(True)
        page.context.set_offline(False)
    page.get_by_role("button", name="Cất lại, làm tiếp sau").click()
    of_the_later_release(page)
    expect(page.locator("#off-items")).to_contain_text("Xóm Ngoài")


def test_a_release_that_the_browser_leaves_waiting_is_called_in(
    later_release: Callable[[], None], page: Page, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_app(page, scene.officer)
    later_release()
    as_left = tmp_path / "worker.js"  # Chromium now and then forgets, where the page asks for something at that moment
    as_left.write_text(
        WORKER.read_text(encoding="utf-8").replace(".then(() => self.skipWaiting())", ""), encoding="utf-8"
    )
    monkeypatch.setattr("lachan.foundation.views.WORKER", as_left)
    page.context.set_offline(True)
    page.context.set_offline(False)
    of_the_later_release(page)


def test_another_who_signs_in_here_never_sees_what_waits(page: Page, scene: Scene) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    write(page, "Xóm Trong của Chi")
    stored = page.evaluate(ALL_THAT_IS_STORED)
    assert "Chi" not in stored
    assert "talk" not in stored
    page.context.route("**/gui/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("about:blank")  # an open page that meets another person's session locks what it has
    page.context.clear_cookies(name="sessionid")
    sign_in(page, scene.head, OWN)
    page.goto(APP)
    expect(page.get_by_role("heading", name="Bật làm việc không mạng")).to_be_visible()
    assert "Xóm Trong" not in page.content()
    page.context.unroute("**/gui/")
    sign_in(page, scene.officer, OWN)
    page.goto(APP)
    unsent(page, 0)


def test_signing_out_leaves_nothing_here(page: Page, scene: Scene) -> None:
    open_app(page, scene.officer)
    page.context.set_offline(True)
    write(page, "Xóm Ngoài")
    page.context.set_offline(False)
    page.context.route("**/gui/", lambda route: route.abort())
    page.goto("/thong-bao/")
    expect(page.get_by_role("link", name="1 việc chưa gửi")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Còn 1 việc chưa gửi.")).to_be_visible()
    held(page, "ngoai-tuyen-dang-xuat")
    page.get_by_role("button", name="Xóa và đăng xuất").click()
    expect(page.get_by_role("link", name="Đăng nhập").first).to_be_visible()
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('lachan-unsent'))") == []


def test_left_alone_it_locks_and_wrong_pins_open_nothing(page: Page, scene: Scene) -> None:
    page.clock.install()
    open_app(page, scene.officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Ghi lượt đến từng nhà").click()
    page.get_by_label("Đã làm gì").fill("Đang ghi dở")
    page.clock.fast_forward("06:00")
    expect(page.get_by_role("heading", name="Đã khóa")).to_be_visible()
    assert "Đang ghi dở" not in page.content()
    for left in (4, 3, 2, 1):
        page.locator("#off-pin").fill("000000")
        page.get_by_role("button", name="Mở", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text(f"Còn {left} lần thử")
    page.locator("#off-pin").fill("000000")
    page.get_by_role("button", name="Mở", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("đã bị hủy")
    unlock(page)
    expect(page.get_by_role("alert")).to_contain_text("đã bị hủy")
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Mở bằng phiên đăng nhập").click()
    expect(page.locator("#off-items")).to_contain_text("Đang ghi dở")


def test_a_shared_device_keeps_nothing_unless_asked_and_nothing_once_sent(page: Page, scene: Scene) -> None:
    sign_in(page, scene.officer, SHARED)
    page.goto(APP)
    page.locator("#off-pin-1").fill(PIN)
    page.locator("#off-pin-2").fill(PIN)
    page.get_by_role("button", name="Bật trên máy này").click()
    expect(page.get_by_role("alert")).to_contain_text("Đánh dấu vào ô đồng ý")
    assert page.evaluate("indexedDB.databases()") == []
    page.get_by_label("Tôi cần giữ việc của tôi").check()
    switch_on(page)
    write(page, "Xóm Trong")
    expect(page.get_by_text("Mọi thứ đã được xóa khỏi máy dùng chung này.")).to_be_visible()
    assert Activity.objects.get().what == "Xóm Trong"
    assert page.evaluate("indexedDB.databases()") == []
