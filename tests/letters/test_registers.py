"""The books of a unit: what came in, what went out, numbers kept and skipped; on the page and as a workbook."""

import io
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from cascades import a_campaign, of
from cast import DAY, NOW, Cast, signed_in_as
from letter_samples import TO_THE_PROVINCE
from letters_made import HEADING, a_draft, issued

from lachan.campaigns import actions as campaigns
from lachan.letters import books, drafting, numbering
from lachan.letters.models import Arrival, Letter, ReservedNumber
from lachan.letters.receiving import Source, receive

pytestmark = pytest.mark.django_db
YEAR = DAY.year


@pytest.fixture(autouse=True)
def _files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def received(cast: Cast, text: str = TO_THE_PROVINCE) -> Letter:
    return receive(holder=cast.department, source=Source(text.encode(), "a.txt"), by=cast.an, now=NOW)


def test_a_received_letter_gets_the_next_number_of_arrival(cast: Cast) -> None:
    letters = [received(cast), received(cast, TO_THE_PROVINCE + "\n1"), received(cast)]
    assert [one.arrivals.get().number for one in letters] == [1, 2, 1]


def test_confirming_receipt_enters_the_letter_in_the_units_book(cast: Cast) -> None:
    given = of(cast.district, a_campaign(cast.department, [cast.district], by=cast.an))
    campaigns.receive(given, by=cast.binh, now=NOW)
    campaigns.receive(given, by=cast.binh, now=NOW)
    assert (Arrival.objects.get(unit=cast.district).number, Arrival.objects.get().letter) == (1, given.dispatch.letter)


def test_a_letter_handed_down_is_entered_by_its_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lachan.foundation.http.timezone.now", lambda: NOW + timedelta(days=2))
    letter, client = issued(cast), signed_in_as(cast.binh)
    letter.sent_to.add(cast.district)
    assert "chưa vào sổ" in client.get(f"/so-van-ban/{cast.district.pk}/").content.decode()
    page = f"/van-ban/{letter.pk}/den/{cast.district.pk}/"
    client.post(page, {"arrived_on": "11/03/2025", "handled_by": "Phòng Văn hóa"})
    arrival = Arrival.objects.get()
    assert (arrival.number, str(arrival.arrived_on), arrival.handled_by) == (1, "2025-03-11", "Phòng Văn hóa")
    wrong = client.post(page, {"arrived_on": "11/03/2026"})
    assert wrong.status_code == 422
    assert "thuộc sổ năm 2025" in wrong.content.decode()


def test_the_book_of_what_came_tells_how_a_letter_stands_with_the_unit_and_who_sent_it_in_words(cast: Cast) -> None:
    letter, client = issued(cast), signed_in_as(cast.binh)
    letter.sent_to.add(cast.district)
    book = f"/so-van-ban/{cast.district.pk}/"
    page = client.get(book).content.decode()
    assert "mới đến" in page
    assert "UBND tỉnh Sông Lam" in page
    Arrival.objects.create(unit=cast.district, letter=letter, arrived_on=DAY, number=1, year=YEAR)
    page = client.get(book).content.decode()
    assert "đã vào sổ" in page
    assert "đã phát hành" not in page


def test_a_letter_that_did_not_come_to_the_unit_is_not_entered_there(cast: Cast) -> None:
    letter = issued(cast)
    assert signed_in_as(cast.binh).get(f"/van-ban/{letter.pk}/den/{cast.district.pk}/").status_code == 404


def outgoing_numbers(cast: Cast) -> None:
    issued(cast, heading=replace(HEADING, urgency="KHẨN"))
    drafting.cancel(issued(cast), because="In sai", by=cast.an, now=NOW)
    kept = numbering.reserve(cast.province, day=DAY, purpose="Nhân sự", wished=None, by=cast.an, now=NOW)
    numbering.give_up(kept, because="Không ban hành", by=cast.an, now=NOW)
    numbering.reserve(cast.province, day=DAY, purpose="Khen thưởng", wished=6, by=cast.an, now=NOW)
    a_draft(cast)


def test_the_book_that_went_out_has_ten_columns_and_every_number_once(cast: Cast) -> None:
    outgoing_numbers(cast)
    table = books.outgoing(cast.province, YEAR)
    assert len(table.columns) == 10
    assert [(row.cells[0], row.cells[9]) for row in table.rows] == [
        ("01/UBND-VX", "KHẨN"),
        ("02/UBND-VX", "Đã hủy: In sai"),
        ("03", "Đã hủy số: Không ban hành"),
        ("04–05", "Bỏ trống"),
        ("06", "Giữ số cho: Khen thưởng"),
    ]
    assert table.rows[0].cells[3:6] == ("Lê Văn Bảy", "UBND các huyện, thị xã, thành phố", "VT, VX")


def test_the_books_are_workbooks_ready_to_print(cast: Cast) -> None:
    received(cast)
    client = signed_in_as(cast.an)
    answer = client.get(f"/so-van-ban/{cast.department.pk}/so-den-{YEAR}.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
    assert rows[3][:4] == ["Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu"]
    assert rows[4][1:4] == ["01", "Sở Thông tin và Truyền thông", "214/STTTT-CNTT"]
    assert client.get(f"/so-van-ban/{cast.department.pk}/so-khac-{YEAR}.xlsx").status_code == 404


def test_the_page_tells_cancelled_reserved_and_skipped_numbers(cast: Cast) -> None:
    outgoing_numbers(cast)
    page = signed_in_as(cast.an).get(f"/so-van-ban/{cast.province.pk}/", {"so": "di", "year": YEAR}).content.decode()
    for words in ("Đã hủy, không cấp lại số", "Khen thưởng", "Số bỏ trống:", "04–05", "Dự thảo"):
        assert words in page


def test_only_urgent_letters_when_asked(cast: Cast) -> None:
    issued(cast, heading=replace(HEADING, abstract="việc thường"))
    issued(cast, heading=replace(HEADING, abstract="việc gấp", urgency="HOẢ TỐC"))
    client = signed_in_as(cast.an)
    page = client.get(f"/so-van-ban/{cast.province.pk}/", {"so": "di", "urgent": "on"}).content.decode()
    assert "HỎA TỐC" in page
    assert "iệc thường" not in page


def test_a_number_is_kept_and_given_up_through_the_pages(cast: Cast) -> None:
    client, page = signed_in_as(cast.an), f"/so-van-ban/{cast.province.pk}/giu-so/"
    client.post(page, {"purpose": "Nhân sự"})
    kept = ReservedNumber.objects.get()
    again = client.post(page, {"purpose": "Khác", "number": "1"})
    assert "Số 1 đã được giữ" in again.content.decode()
    assert 'value="Khác"' in again.content.decode()
    client.post(f"{page}{kept.pk}/huy/", {"because": "Không ban hành"})
    kept.refresh_from_db()
    assert kept.given_up_because == "Không ban hành"
    assert signed_in_as(cast.binh).post(page, {"purpose": "x"}).status_code == 404


def test_marks_of_urgency_are_read_from_letters_that_come_in(cast: Cast) -> None:
    letter = received(cast, TO_THE_PROVINCE.replace("Kính gửi", "HỎA TỐC\n\nKính gửi", 1))
    assert letter.urgency == Letter.Urgency.IMMEDIATE


@pytest.mark.parametrize("book", ["den", "di"])
def test_the_register_asks_the_same_number_of_questions_however_long(
    book: str, cast: Cast, django_assert_max_num_queries
) -> None:
    client = signed_in_as(cast.an)
    for number in range(12):
        issued(cast)
        letter = issued(cast, cast.district)
        letter.sent_to.add(cast.province)
        if number % 2:
            numbering.arrive(letter, unit=cast.province, day=DAY, by=cast.an, now=NOW)
    with django_assert_max_num_queries(22):
        client.get(f"/so-van-ban/{cast.province.pk}/", {"so": book})
