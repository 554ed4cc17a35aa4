"""Recording what was done on a phone, with photos over a bad line; the list and the wall."""

import io
import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cast import DAY, NOW, Cast
from pictures import PROGRAM, a_photo
from PIL import Image
from playwright.sync_api import Page, expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.activities import actions, photos
from lachan.activities.actions import Facts
from lachan.activities.models import Activity, Photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MANY = 200


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    settings.MEDIA_ROOT = tmp_path / "files"
    return set_up(cast)


@pytest.fixture(params=[1280, 360])
def sized(request: pytest.FixtureRequest, tab: Any) -> Iterator[Page]:
    with ExitStack() as stack:
        yield stack.enter_context(tab(width=request.param))


def record_page(scene: Scene) -> str:
    return f"/hoat-dong/don-vi/{scene.cast.commune.pk}/ghi/"


def recorded(scene: Scene, number: int, *, photographed: int = 1) -> Activity:
    channel, what = [("talk", "Nói chuyện với người cao tuổi thôn Trung"), ("loudspeaker", "Phát bản tin cảnh báo"),
                     ("chat-group", "Gửi cảnh báo vào nhóm Zalo tổ dân phố")][number % 3]  # fmt: skip
    facts = Facts(channel, DAY, what, times=number + 1, audience=40 * number or None, audiences=("elderly",))
    key = f"record-{number:04}"
    for one in range(photographed):
        data = a_photo(10 * number + one, (640, 480))
        photos.keep(scene.cast.commune, request_key=key, data=data, by=scene.officer, now=NOW)
    return actions.record(
        scene.cast.commune, campaign=scene.campaign, facts=facts, request_key=key, by=scene.officer, now=NOW
    )


def test_the_screens_of_recording(sized: Page, scene: Scene, tmp_path: Path) -> None:
    recorded(scene, 0)
    sign_in(sized, scene.officer)
    sized.goto(record_page(scene))
    held(sized)
    sized.get_by_label("Ngày khác").check()
    sized.get_by_role("button", name="Lưu hoạt động").click()
    expect(sized.get_by_role("alert").first).to_contain_text("Ghi ngày đã làm")
    held(sized)


def test_the_screens_that_show_activities(sized: Page, scene: Scene) -> None:
    for number in range(5):
        activity = recorded(scene, number, photographed=number + 1)
    sign_in(sized, scene.officer)
    for address in (
        f"/hoat-dong/don-vi/{scene.cast.commune.pk}/",
        activity.get_absolute_url(),
        f"/hoat-dong/{activity.pk}/rut/",
    ):
        sized.goto(address)
        held(sized)
    sign_in(sized, scene.coordinator)
    for query in ("", "?in=1", "?kenh=sms"):
        sized.goto(f"/chien-dich/{scene.campaign.pk}/hoat-dong/{query}")
        held(sized)


def test_the_screens_of_several_and_of_a_list(sized: Page, scene: Scene) -> None:
    sign_in(sized, scene.officer)
    at = f"/hoat-dong/don-vi/{scene.cast.commune.pk}"
    sized.goto(f"{at}/nhieu/")
    held(sized)
    sized.goto(f"{at}/tu-tep/")
    held(sized)
    lines = "Ngày,Kênh,Số người\n10/03/2025,Nhóm Zalo,60\n32/03/2025,thả diều,nhiều\n"
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    sized.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    sized.get_by_role("button", name="Gửi tệp và xem trước").click()
    held(sized)
    sized.get_by_role("button", name="Ghi 1 hoạt động").click()
    expect(sized.get_by_role("status").first).to_contain_text("Đã ghi 1 hoạt động.")


def test_an_activity_is_recorded_in_five_taps(phone: Page, scene: Scene) -> None:
    sign_in(phone, scene.officer)
    phone.goto("/")
    phone.get_by_role("link", name="Hoạt động", exact=True).click()
    phone.get_by_role("link", name="Ghi hoạt động").click()
    phone.get_by_role("radio", name="Tuyên truyền trực tiếp").check()
    phone.get_by_label("Số người dự").fill("1.250")
    phone.get_by_role("button", name="Lưu hoạt động").click()
    expect(phone.get_by_role("status").first).to_contain_text("1 buổi · 1.250 người dự")


def test_the_page_asks_only_for_what_the_channel_has(phone: Page, scene: Scene) -> None:
    sign_in(phone, scene.officer)
    phone.goto(record_page(scene))
    phone.get_by_role("radio", name="Nhóm Zalo").check()
    expect(phone.get_by_label("Số tin")).to_be_visible()
    expect(phone.get_by_label("Thời lượng (phút)")).to_be_hidden()


def test_recording_works_from_the_keyboard_without_a_script(tab: Any, scene: Scene) -> None:
    with tab(java_script_enabled=False) as page:
        sign_in_without_script(page, scene)
        page.goto(record_page(scene))
        page.locator("[name=channel]").first.focus()
        page.keyboard.press("Space")
        page.get_by_label("Đã làm gì").focus()
        page.keyboard.type("Phát loa ở thôn Trung")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Phát loa ở thôn Trung")


def sign_in_without_script(page: Page, scene: Scene) -> None:
    from cast import PASSWORD

    page.goto("/tai-khoan/login/")
    page.locator("[name=login]").fill(scene.officer.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def photos_of_a_phone(folder: Path, number: int) -> list[Path]:
    """Real JPEGs with noise in them, each another."""
    folder.mkdir()
    dice = random.Random(7)
    files = []
    for one in range(number):
        out = io.BytesIO()
        Image.frombytes("RGB", (64, 48), dice.randbytes(64 * 48 * 3)).resize((400, 300)).save(out, "JPEG", quality=80)
        files.append(folder / f"IMG_{one:04}.jpg")
        files[-1].write_bytes(out.getvalue())
    return files


def test_two_hundred_photos_come_through_a_slow_line_that_breaks(phone: Page, scene: Scene, tmp_path: Path) -> None:
    sign_in(phone, scene.officer)
    phone.goto(record_page(scene))
    phone.get_by_role("radio", name="Tuyên truyền trực tiếp").check()
    line = phone.context.new_cdp_session(phone)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": 250_000, "uploadThroughput": 250_000}
    line.send("Network.emulateNetworkConditions", slow)
    phone.locator("input[type=file]").set_input_files(photos_of_a_phone(tmp_path / "phone", MANY))
    expect(phone.locator(".thumbs li")).not_to_have_count(0)
    line.send("Network.emulateNetworkConditions", slow | {"offline": True})
    expect(phone.locator(".sending-status")).to_contain_text("Mạng chưa thông")
    line.send("Network.emulateNetworkConditions", slow)
    phone.get_by_role("button", name="Lưu hoạt động").click()
    expect(phone.locator(".sending-status")).to_contain_text("gửi xong sẽ tự lưu")
    phone.wait_for_url(f"**/hoat-dong/don-vi/{scene.cast.commune.pk}/", timeout=180_000)
    activity = Activity.objects.get()
    assert activity.photos.count() == Photo.objects.count() == MANY


def test_photos_sent_again_after_a_reload_are_not_kept_twice(phone: Page, scene: Scene, tmp_path: Path) -> None:
    sign_in(phone, scene.officer)
    phone.goto(record_page(scene))
    files = photos_of_a_phone(tmp_path / "phone", 4)
    phone.locator("input[type=file]").set_input_files(files[:2])
    expect(phone.locator(".sending-status")).to_contain_text("Đã gửi đủ 2 ảnh")
    phone.reload()
    expect(phone.locator(".thumbs li")).to_have_count(2)
    phone.locator("input[type=file]").set_input_files(files)
    expect(phone.locator(".sending-status")).to_contain_text("Đã gửi đủ 4 ảnh")
    assert Photo.objects.count() == 4
    expect(phone.locator(".thumbs li")).to_have_count(4)


def test_a_program_among_photos_is_named_and_the_others_stay(phone: Page, scene: Scene, tmp_path: Path) -> None:
    sign_in(phone, scene.officer)
    phone.goto(record_page(scene))
    phone.get_by_label("Đã làm gì").fill("Ở thôn Trung")
    files = photos_of_a_phone(tmp_path / "phone", 1)
    (tmp_path / "hoa.jpg").write_bytes(PROGRAM)
    phone.locator("input[type=file]").set_input_files([tmp_path / "hoa.jpg", *files])
    expect(phone.locator(".sending-refused")).to_contain_text("“hoa.jpg”: đây là chương trình chứ không phải ảnh")
    expect(phone.locator(".thumbs li")).to_have_count(1)
    expect(phone.get_by_label("Đã làm gì")).to_have_value("Ở thôn Trung")


def test_a_large_photo_is_made_small_before_it_is_sent(phone: Page, scene: Scene, tmp_path: Path) -> None:
    sign_in(phone, scene.officer)
    phone.goto(record_page(scene))
    large = tmp_path / "large.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(large, quality=95)
    with phone.expect_request("**/anh/**") as asked:
        phone.locator("input[type=file]").set_input_files(large)
    expect(phone.locator(".thumbs li")).to_have_count(1)
    assert asked.value.post_data_buffer is None or len(asked.value.post_data_buffer) < large.stat().st_size
    assert max(Photo.objects.get().width, Photo.objects.get().height) == 1600
