"""The register of a unit and the page of a letter."""

import io
from datetime import date

import pytest
from cast import NOW, Cast, hire, signed_in_as
from docx import Document
from letter_samples import TO_THE_PROVINCE, as_docx
from letters_made import CONTENT, HEADING, issued

from lachan.foundation.refused import Refused
from lachan.letters import actions
from lachan.letters.actions import Facts
from lachan.letters.models import Letter
from lachan.letters.receiving import Source, receive
from lachan.orgs.models import Role

pytestmark = pytest.mark.django_db


def received(cast: Cast) -> Letter:
    return receive(
        holder=cast.department, source=Source(as_docx(TO_THE_PROVINCE), "Công văn 214.docx"), by=cast.an, now=NOW
    )


@pytest.mark.parametrize("words", ["ba cham", "Ba chậm", "sttt", "214", "so thong tin"])
def test_the_register_is_searched_with_or_without_marks(words: str, cast: Cast) -> None:
    received(cast)
    client = signed_in_as(cast.an)
    page = f"/so-van-ban/{cast.department.pk}/"
    assert "Ba chậm trước khi" in client.get(page, {"q": words}).content.decode()
    assert "Không tìm thấy" in client.get(page, {"q": words + " thuyền"}).content.decode()
    assert "Không tìm thấy" in client.get(page, {"q": words, "year": "2024"}).content.decode()


def test_in_and_out_are_two_books(cast: Cast) -> None:
    issued(cast)
    client = signed_in_as(cast.an)
    assert "Chưa có văn bản đến" in client.get(f"/so-van-ban/{cast.province.pk}/").content.decode()
    assert "01/UBND-VX" in client.get(f"/so-van-ban/{cast.province.pk}/", {"so": "di"}).content.decode()


def test_a_letter_handed_down_is_in_the_book_of_those_who_got_it_and_they_may_read_it(cast: Cast) -> None:
    letter, binh = issued(cast), signed_in_as(cast.binh)
    assert binh.get(f"/van-ban/{letter.pk}/").status_code == 404
    letter.sent_to.add(cast.district)
    assert "01/UBND-VX" in binh.get(f"/so-van-ban/{cast.district.pk}/").content.decode()
    assert binh.get(f"/van-ban/{letter.pk}/").status_code == 200
    assert binh.get(f"/van-ban/{letter.pk}/van-ban.pdf").content.startswith(b"%PDF")


def test_the_page_shows_what_was_read_and_keeps_what_was_corrected(cast: Cast) -> None:
    letter, client = received(cast), signed_in_as(cast.an)
    page = client.get(f"/van-ban/{letter.pk}/").content.decode()
    assert 'id="mark-symbol"' in page
    assert 'href="#mark-symbol"' in page
    form = {name: getattr(letter, name) or "" for name in Facts.__dataclass_fields__}
    typed = {f"letter-{name}": value for name, value in {**form, "dated_on": "11/03/2025", "number": "216"}.items()}
    client.post(f"/van-ban/{letter.pk}/sua/", typed)
    letter.refresh_from_db()
    assert (letter.number, letter.dated_on, letter.state) == (216, date(2025, 3, 11), Letter.State.CHECKED)
    assert letter.reading["facts"]["number"]["value"] == "214"


def test_a_wrong_correction_is_pointed_out(cast: Cast) -> None:
    letter = received(cast)
    typed = {"letter-doc_type": "công văn", "letter-number": "hai trăm"}
    answer = signed_in_as(cast.an).post(f"/van-ban/{letter.pk}/sua/", typed)
    assert answer.status_code == 422
    assert 'href="#id_letter-number"' in answer.content.decode()


def test_an_issued_letter_is_not_corrected(cast: Cast) -> None:
    letter = issued(cast)
    with pytest.raises(Refused, match="đã phát hành"):
        actions.correct(letter, facts=Facts.of(letter), by=cast.an, now=NOW)


def test_the_original_is_handed_out_to_be_saved_never_shown(cast: Cast) -> None:
    answer = signed_in_as(cast.an).get(f"/van-ban/{received(cast).pk}/tep-goc")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"PK")
    answer.close()


def test_an_issued_letter_is_laid_out_with_its_points_and_annex(cast: Cast) -> None:
    answer = signed_in_as(cast.an).get(f"/van-ban/{issued(cast).pk}/van-ban.docx")
    assert answer["Content-Disposition"].startswith('attachment; filename="cong-van-01-ubnd-vx')
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(one.text for one in document.paragraphs), *cells])
    for part in (
        "1. Tuyên truyền",
        "a) Trên loa",
        "- Báo cáo trước ngày 20/4/2025./.",
        "Kết quả tuyên truyền".upper(),
        "Số buổi",
    ):
        assert part in words
    assert "của Ủy ban nhân dân tỉnh Sông Lam)" in words
    for part in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lưu: VT, VX."):
        assert part in words


def test_a_received_letter_is_not_laid_out_anew(cast: Cast) -> None:
    assert signed_in_as(cast.an).get(f"/van-ban/{received(cast).pk}/van-ban.docx").status_code == 404


def test_numbers_run_per_unit_and_year_and_a_taken_one_is_refused(cast: Cast) -> None:
    assert [issued(cast).number, issued(cast).number, issued(cast, cast.district).number] == [1, 2, 1]
    from dataclasses import replace

    later = replace(HEADING, dated_on=date(2026, 1, 2))
    again = {"content": CONTENT, "refers_to": None, "by": cast.an, "now": NOW, "holder": cast.province}
    assert actions.issue(heading=later, **again).number == 1
    with pytest.raises(Refused, match="Số 2 năm 2025"):
        actions.issue(heading=replace(HEADING, number=2), **again)


def test_a_collaborator_reads_no_letters_of_the_unit(cast: Cast) -> None:
    letter = received(cast)
    collaborator = signed_in_as(hire("Em", (Role.COLLABORATOR, cast.department)))
    assert collaborator.get(f"/van-ban/{letter.pk}/").status_code == 403
    assert collaborator.post(f"/van-ban/{letter.pk}/sua/", {}).status_code == 403
