"""The pages of the exchange of letters."""

from pathlib import Path
from typing import Any

import pytest
from cast import DAY, NOW, Cast, signed_in_as
from django.test import Client

from lachan.exchange import crossing
from lachan.exchange.models import AgencyCode, SentEnvelope, TakenEnvelope
from lachan.letters import actions as letters
from lachan.letters import receiving
from lachan.letters.models import Letter


@pytest.fixture
def letter(cast: Cast, settings: Any, tmp_path: Path) -> Letter:
    settings.MEDIA_ROOT = tmp_path
    heading = letters.Heading(
        "công văn", "UBND TỈNH SÔNG LAM", "", "UBND-VX", "Sông Lam", "về phòng ngừa", "An", "CT", DAY
    )
    return letters.issue(
        holder=cast.province,
        heading=heading,
        content=letters.Content("Thực hiện."),
        refers_to=None,
        by=cast.an,
        now=NOW,
    )


@pytest.fixture
def an(cast: Cast) -> Client:
    return signed_in_as(cast.an)


def with_codes(cast: Cast) -> None:
    for at, unit in enumerate((cast.province, cast.education, cast.press)):
        crossing.set_code(unit, f"H99.{at}", receives=False, by=cast.an, now=NOW)


def test_a_code_is_written_down_and_a_wrong_one_refused_in_a_sentence(cast: Cast, an: Client) -> None:
    address = f"/lien-thong/{cast.education.pk}/ma-dinh-danh/"
    assert "Mã định danh có dạng" in an.post(address, {"code": "abc"}).content.decode()
    an.post(address, {"code": " h99.12 ", "receives": "on"})
    assert AgencyCode.objects.get().code == "H99.12"
    assert "Đang dùng mã H99.12" in an.get(address).content.decode()


def test_a_letter_is_sent_and_asked_back(cast: Cast, letter: Letter, an: Client) -> None:
    address = f"/van-ban/{letter.pk}/truc-lien-thong/"
    assert "Đơn vị chưa có mã định danh" in an.get(address).content.decode()
    with_codes(cast)
    page = an.post(address, {"to": [cast.education.pk]}, follow=True).content.decode()
    assert "Chờ gửi" in page
    assert SentEnvelope.objects.count() == 1
    page = an.post(f"{address}thu-hoi/", {"because": ""})
    assert page.status_code == 422
    page = an.post(f"{address}thu-hoi/", {"because": "Sai phụ lục"}, follow=True).content.decode()
    assert "Thu hồi" in page
    assert [one.business for one in SentEnvelope.objects.all()] == ["0", "1"]


def test_only_the_unit_of_the_letter_sends_it(cast: Cast, letter: Letter) -> None:
    client = signed_in_as(cast.chi)
    assert client.get(f"/van-ban/{letter.pk}/truc-lien-thong/").status_code == 404
    assert client.get(f"/lien-thong/{cast.province.pk}/ma-dinh-danh/").status_code == 404


@pytest.mark.parametrize("many", [1, 2])
def test_queries_do_not_grow(
    cast: Cast, letter: Letter, an: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    with_codes(cast)
    crossing.post(letter, [cast.education, cast.press][:many], by=cast.an, now=NOW)
    with django_assert_max_num_queries(20):
        assert an.get(f"/van-ban/{letter.pk}/truc-lien-thong/").status_code == 200


def came_in(cast: Cast) -> Letter:
    """A letter that came over the exchange into the province's book."""
    letter = receiving.receive(
        holder=cast.province, source=receiving.Source("Kính gửi: UBND tỉnh".encode(), "a.txt"), by=cast.an, now=NOW
    )
    TakenEnvelope.objects.create(
        unit=cast.province, exchange_id="x", own_code="H99", from_name="Bộ Công an", letter=letter, taken_at=NOW
    )
    return letter


def test_the_sender_is_told_from_the_page_of_the_letter(cast: Cast, letter: Letter, an: Client) -> None:
    received = came_in(cast)
    address = f"/van-ban/{received.pk}/truc-lien-thong/tinh-trang/"
    assert address in an.get(f"/van-ban/{received.pk}/").content.decode()
    assert an.post(address, {"status": "03"}).status_code == 422
    page = an.post(address, {"status": "05", "note": "Đã giao Sở"}, follow=True).content.decode()
    assert "Đã giao Sở" in page
    assert "Đã phân công" not in page
    assert "Đã báo hoàn thành" in an.post(address, {"status": "06"}, follow=True).content.decode()


def test_only_staff_of_the_unit_tell_and_only_of_what_came_in(cast: Cast, letter: Letter, an: Client) -> None:
    received = came_in(cast)
    assert signed_in_as(cast.chi).get(f"/van-ban/{received.pk}/truc-lien-thong/tinh-trang/").status_code == 404
    assert an.get(f"/van-ban/{letter.pk}/truc-lien-thong/tinh-trang/").status_code == 404
