"""The pages of packages: registering a key, packing, bringing in, and who may."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cast import Cast, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from made import KEY, known_to, package_from, report_sent_up
from recounting import approve, send
from scenes import Scene, set_up

from lachan.engine import packages
from lachan.engine.packages import new_key, public_of
from lachan.exchange.models import Partner, SentPackage, TakenPackage
from lachan.orgs.models import Unit
from lachan.reporting.models import Return


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT, settings.PACKAGE_KEY = tmp_path / "files", tmp_path / "key.pem"
    return set_up(cast)


@pytest.fixture
def owner(scene: Scene) -> Unit:
    return scene.campaign.owner


@pytest.fixture
def lan(scene: Scene) -> Client:
    return signed_in_as(scene.coordinator)


def from_education(scene: Scene, *numbers: int | None, number: int = 1) -> bytes:
    """Education works with an installation of its own."""
    known_to(scene.campaign.owner, scene.cast.education, by=scene.coordinator)
    return package_from(scene.cast.education, scene.campaign.owner, scene.campaign, numbers, number)


def bring(client: Client, unit: Unit, data: bytes) -> Any:
    file = SimpleUploadedFile("goi.zip", data)
    return client.post(f"/lien-thong/{unit.pk}/nhap/", {"file": file, "campaign": ""})


def test_a_key_is_registered_and_its_fingerprint_told(scene: Scene, owner: Unit, lan: Client) -> None:
    typed = {"code": "G09", "name": "Bộ Công an", "public_key": f" {public_of(new_key())} "}
    page = lan.post(f"/lien-thong/{owner.pk}/co-quan/", typed, follow=True)
    partner = Partner.objects.get()
    assert partner.fingerprint in page.content.decode()
    lan.post(f"/lien-thong/co-quan/{partner.pk}/ngung/")
    assert not Partner.objects.filter(ended_at=None).exists()


def test_a_wrong_key_gets_a_sentence_and_keeps_what_was_typed(owner: Unit, lan: Client) -> None:
    page = lan.post(f"/lien-thong/{owner.pk}/co-quan/", {"code": "G09", "name": "Bộ Công an", "public_key": "abc"})
    assert page.status_code == 422
    assert "Khóa công khai gồm 43 chữ" in page.content.decode()
    assert "Bộ Công an" in page.content.decode()


def test_a_package_is_brought_in_and_its_receipt_handed_out(scene: Scene, owner: Unit, lan: Client) -> None:
    data = from_education(scene, 10, 5, None)
    page = bring(lan, owner, data)
    taken = TakenPackage.objects.get()
    assert page.headers["Location"] == taken.get_absolute_url()
    shown = lan.get(taken.get_absolute_url()).content.decode()
    assert all(words in shown for words in ("Chữ ký đúng", "2/3", "1 đơn vị chưa gửi báo cáo", "UBND xã 3"))
    receipt = lan.get(f"{taken.get_absolute_url()}bien-nhan.zip")
    assert b"".join(receipt).startswith(b"PK")  # type: ignore[arg-type]  # it streams
    assert lan.get(f"{taken.get_absolute_url()}report.pdf").content == b"%PDF-1.7"
    assert lan.get(f"{taken.get_absolute_url()}figures.json").status_code == 404
    version = lan.get(taken.version.get_absolute_url()).content.decode()  # type: ignore[union-attr]  # it was taken
    assert "Nhập từ gói đã ký của đơn vị" in version


def test_the_next_package_shows_what_changed(scene: Scene, owner: Unit, lan: Client) -> None:
    bring(lan, owner, from_education(scene, 10, 5, None))
    page = bring(lan, owner, from_education(scene, 10, 5, 1, number=2))
    shown = lan.get(page.headers["Location"]).content.decode()
    assert "+1" in shown
    assert "thay gói lần 1" in shown


def test_a_long_list_of_missing_units_is_cut_and_says_so(scene: Scene, owner: Unit, lan: Client) -> None:
    bring(lan, owner, from_education(scene, 10, *[None] * 53))
    shown = lan.get(TakenPackage.objects.get().get_absolute_url()).content.decode()
    assert "53 đơn vị chưa gửi báo cáo" in shown
    assert "và 3 đơn vị khác" in shown


def test_figures_that_do_not_add_up_are_not_shown(scene: Scene, owner: Unit, lan: Client) -> None:
    sound = packages.open_package(from_education(scene, 10, 5))
    figures = json.loads(sound.files["figures.json"])
    figures["indicators"][0]["total"] = "99"
    files = {**sound.files, "figures.json": json.dumps(figures).encode()}
    page = bring(lan, owner, packages.seal(replace(sound.manifest, files=()), files, KEY))
    shown = lan.get(page.headers["Location"]).content.decode()
    assert "Gói không được nhận" in shown
    assert "UBND xã" not in shown


def test_a_refused_package_says_why_and_still_has_a_receipt(scene: Scene, owner: Unit, lan: Client) -> None:
    approve(scene, send(scene, scene.cast.education, 3))
    page = bring(lan, owner, from_education(scene, 1))
    shown = lan.get(page.headers["Location"]).content.decode()
    assert "Gói không được nhận" in shown
    assert "đã báo cáo trực tiếp tại đây" in shown
    assert Return.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"<html>"])
def test_another_file_gets_a_sentence(scene: Scene, owner: Unit, lan: Client, data: bytes) -> None:
    from_education(scene, 1)
    page = bring(lan, owner, data)
    assert page.status_code == 422
    assert TakenPackage.objects.count() == 0


def test_a_report_is_packed_and_downloaded(scene: Scene, owner: Unit, lan: Client) -> None:
    known_to(owner, scene.cast.province, by=scene.coordinator)
    made = report_sent_up(scene)
    page = lan.post(f"/tong-hop/{made.pk}/goi/", {"partner": Partner.objects.get().pk}, follow=True)
    sent = SentPackage.objects.get()
    assert "Đã đóng gói và ký" in page.content.decode()
    assert "Chờ biên nhận" in page.content.decode()
    assert b"".join(lan.get(f"/lien-thong/goi-di/{sent.pk}/goi.zip")).startswith(b"PK")  # type: ignore[arg-type]  # it streams


def test_packages_are_of_their_unit_alone(scene: Scene, owner: Unit) -> None:
    bring(signed_in_as(scene.coordinator), owner, from_education(scene, 10))
    taken = TakenPackage.objects.get()
    others = signed_in_as(scene.officer)
    for address in (f"/lien-thong/{owner.pk}/", taken.get_absolute_url(), f"/lien-thong/{owner.pk}/co-quan/"):
        assert others.get(address).status_code == 404
    an_operator_elsewhere = signed_in_as(scene.district_head)
    partner = Partner.objects.get()
    assert an_operator_elsewhere.post(f"/lien-thong/co-quan/{partner.pk}/ngung/").status_code == 404


def test_only_coordinators_and_operators_say_whose_key_is_whose(scene: Scene) -> None:
    page = signed_in_as(scene.district_officer).get(f"/lien-thong/{scene.cast.district.pk}/co-quan/")
    assert page.status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow(
    scene: Scene, owner: Unit, lan: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, many + 1):
        page = bring(lan, owner, from_education(scene, 10, number, number=number))
    known_to(owner, scene.cast.province, by=scene.coordinator)
    made = report_sent_up(scene)
    lan.post(f"/tong-hop/{made.pk}/goi/", {"partner": Partner.objects.get(code=scene.cast.province.code).pk})
    limits = {
        f"/lien-thong/{owner.pk}/": 20,
        f"/lien-thong/{owner.pk}/co-quan/": 16,
        page.headers["Location"]: 16,
        f"/tong-hop/{made.pk}/goi/": 18,
    }
    for address, most in limits.items():
        with django_assert_max_num_queries(most):
            assert lan.get(address).status_code == 200
