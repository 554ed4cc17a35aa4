"""The screens of packages, wide and on a phone."""

from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast
from made import known_to, package_from, report_sent_up
from playwright.sync_api import expect
from scenes import Scene, set_up
from screens import held, sign_in

from lachan.exchange import crossing
from lachan.exchange.models import TakenEnvelope
from lachan.exchange.models.envelopes import Status
from lachan.letters.models import Letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Scene:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW)
    settings.MEDIA_ROOT, settings.PACKAGE_KEY = tmp_path / "files", tmp_path / "key.pem"
    return set_up(cast)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_package_is_brought_in(tab: Any, scene: Scene, width: int, tmp_path: Path) -> None:
    owner, education = scene.campaign.owner, scene.cast.education
    with tab(width=width) as page:
        sign_in(page, scene.coordinator)
        page.goto(f"/chien-dich/{scene.campaign.pk}/")
        page.get_by_role("link", name="Gói báo cáo từ hệ thống khác").click()
        held(page, "packages-none")
        page.get_by_role("link", name="Đăng ký cơ quan liên thông").click()
        page.get_by_label("Khóa công khai").fill("không phải khóa")
        page.get_by_label("Mã đơn vị").fill("99-SGDDT")
        page.get_by_label("Tên cơ quan").fill("Sở Giáo dục và Đào tạo")
        page.get_by_role("button", name="Đăng ký").click()
        expect(page.get_by_role("alert")).to_contain_text("43 chữ")
        held(page, "partners-refused")
        known_to(owner, education, by=scene.coordinator)
        page.goto(f"/lien-thong/{owner.pk}/co-quan/")
        held(page, "partners")
        for number, numbers in ((1, (1200, 30, None)), (2, (1200, 30, 12))):
            page.goto(f"/lien-thong/{owner.pk}/")
            data = package_from(education, owner, scene.campaign, numbers, number)
            page.get_by_label("Tệp gói báo cáo hoặc biên nhận").set_input_files(
                {"name": "goi.zip", "mimeType": "application/zip", "buffer": data}
            )
            page.get_by_role("button", name="Kiểm tra chữ ký và nhập").click()
            expect(page.get_by_text("Chữ ký đúng")).to_be_visible()
            held(page, f"package-taken-{number}")
        page.goto(f"/lien-thong/{owner.pk}/")
        held(page, "packages")


def test_a_report_is_packed(tab: Any, scene: Scene) -> None:
    known_to(scene.campaign.owner, scene.cast.province, by=scene.coordinator)
    made = report_sent_up(scene)
    with tab(width=1280) as page:
        sign_in(page, scene.coordinator)
        page.goto(made.get_absolute_url())
        page.get_by_role("link", name="Gói đã ký để gửi sang hệ thống khác").click()
        held(page, "pack")
        page.get_by_role("button", name="Đóng gói và ký").click()
        expect(page.get_by_text("Chờ biên nhận")).to_be_visible()
        held(page, "packed")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_letter_goes_over_the_exchange(tab: Any, scene: Scene, width: int) -> None:
    cast, an = scene.cast, scene.cast.an
    letter = scene.campaign.letter
    Letter.objects.filter(pk=letter.pk).update(direction="issued", state="issued", holder=cast.province)
    for at, unit in enumerate((cast.province, cast.education, cast.press)):
        crossing.set_code(unit, f"H99.{at}", receives=False, by=an, now=NOW)
    with tab(width=width) as page:
        sign_in(page, an)
        page.goto(f"/van-ban/{letter.pk}/truc-lien-thong/")
        page.get_by_label("Sở Giáo dục và Đào tạo").check()
        held(page, "crossing")
        page.get_by_role("button", name="Gửi qua trục liên thông").click()
        expect(page.get_by_text("Chờ gửi", exact=True)).to_be_visible()
        held(page, "crossed")
        page.goto(f"/lien-thong/{cast.education.pk}/ma-dinh-danh/")
        held(page, "agency-code")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_sender_of_a_letter_is_told_how_it_fares(tab: Any, scene: Scene, width: int) -> None:
    letter, unit = scene.campaign.letter, scene.campaign.letter.holder
    taken = TakenEnvelope.objects.create(
        unit=unit, exchange_id="x", own_code="H99", from_name="Bộ Công an", letter=letter, taken_at=NOW
    )
    for status, note in ((Status.ARRIVED, ""), (Status.ACCEPTED, "Số đến 12"), (Status.ASSIGNED, "Phòng Văn hóa")):
        crossing.say(taken, status, note, NOW)
    with tab(width=width) as page:
        sign_in(page, scene.coordinator)
        page.goto(f"/van-ban/{letter.pk}/")
        page.get_by_role("link", name="Báo tình trạng cho nơi gửi").click()
        held(page, "steps")
        page.get_by_label("Hoàn thành").check()
        page.get_by_role("button", name="Báo nơi gửi").click()
        expect(page.get_by_text("Đã báo hoàn thành")).to_be_visible()
        held(page, "steps-done")
