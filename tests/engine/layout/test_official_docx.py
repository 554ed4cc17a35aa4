"""What to_docx writes: the layout of the decree for any document, and the words given, unharmed."""

import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import official_samples as samples
import pytest
from docx import Document
from docx.document import Document as Opened
from hypothesis import HealthCheck, given, settings
from official_made import documents

from lachan.engine.layout import Column, DocumentDate, OfficialDocument, Row, Table, check_docx, to_docx


def opened(document: OfficialDocument) -> Opened:
    return Document(io.BytesIO(to_docx(document)))


def cells(document: OfficialDocument, table: int) -> list[str]:
    return [cell.text for row in opened(document).tables[table].rows for cell in row.cells]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents)
def test_every_document_is_laid_out_without_fault(document: OfficialDocument) -> None:
    assert [str(fault) for fault in check_docx(to_docx(document))] == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_docx(samples.LETTER) == to_docx(replace(samples.LETTER))


def test_the_head_says_who_writes_and_leaves_room_for_the_number() -> None:
    left, right, number, date, subject, _ = cells(samples.LETTER, 0)
    assert left.split("\n")[:2] == ["UBND TỈNH LAM SƠN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"]
    assert right.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert number.split() == ["Số:", "/SKHCN-CĐS"]
    assert date.split() == ["Lam", "Sơn,", "ngày", "tháng", "11", "năm", "2026"]
    assert " ".join(subject.split()).startswith("V/v triển khai đợt cao điểm")


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (DocumentDate(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (DocumentDate(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (DocumentDate(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (DocumentDate(2026), "ngày tháng năm 2026"),
    ],
)
def test_the_date_takes_a_zero_where_the_decree_says_so(date: DocumentDate, words: str) -> None:
    written = cells(replace(samples.LETTER, date=date), 0)[3]
    assert " ".join(written.split()) == f"Lam Sơn, {words}"


def test_an_abstract_that_already_says_v_v_says_it_once() -> None:
    letter = replace(samples.LETTER, abstract="V/v triển khai chiến dịch")
    assert cells(letter, 0)[4].strip().startswith("V/v triển khai chiến dịch")


def test_copies_begin_with_the_addressees_and_end_with_the_file() -> None:
    copies = opened(samples.LETTER).tables[1].cell(0, 0).text.split("\n")
    assert copies[:2] == ["Nơi nhận:", "- Như trên;"]
    assert copies[-1] == "- Lưu: VT, CĐS (02)."


def test_the_body_ends_with_its_closing_mark() -> None:
    texts = [p.text for p in opened(samples.DECISION).paragraphs if p.text.strip()]
    assert texts[-1] == "Quyết định này có hiệu lực kể từ ngày ký./."


def test_each_annex_is_a_section_of_its_own_and_a_wide_one_lies_down() -> None:
    sections = opened(samples.report(3)).sections
    assert [round(section.page_width.mm) for section in sections] == [210, 297, 210]


def test_a_table_repeats_its_head_splits_no_row_and_writes_numbers_our_way() -> None:
    annex = opened(samples.report(3)).tables[3]
    rows = annex._tbl.tr_lst
    assert [bool(row.xpath("./w:trPr/w:tblHeader")) for row in rows] == [True] * 3 + [False] * 4
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
    assert [cell.text for cell in annex.rows[5].cells][3:] == ["12", "111", "–", "3.750", "3,5"]
    assert [cell.text for cell in annex.rows[6].cells][1::5] == ["Tổng cộng", "8.125.000"]


def test_neighbours_of_one_group_share_its_cell() -> None:
    head = opened(samples.report(1)).tables[3].rows[0]
    assert [cell.grid_span for cell in dict.fromkeys(head.cells)] == [1, 1, 2, 3, 1]


def test_a_long_name_is_broken_into_lines_of_like_length() -> None:
    lines = cells(samples.report(1), 0)[0].strip().split("\n")[1:]
    assert len(lines) == 4
    assert all(abs(len(a) - len(b)) < 12 for a, b in pairwise(lines))


def test_text_cannot_become_markup_and_control_characters_are_dropped() -> None:
    letter = replace(samples.LETTER, body=(samples.Paragraph("<w:b/> & ]]> \x00\x1b\u202eabc\ud800"),))
    texts = [p.text for p in opened(letter).paragraphs]
    assert "<w:b/> & ]]> abc./." in texts


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        Table((Column("STT"),), (Row(("1", "2")),))


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one column"):
        Table((), ())


def test_columns_take_the_shares_they_ask_for() -> None:
    table = Table((Column("Nội dung", share=3), Column("Ghi chú", share=1)), (Row(("a", "b")),))
    letter = replace(samples.LETTER, body=(table,), annexes=())
    assert [round(column.width.mm) for column in opened(letter).tables[1].columns] == [124, 41]


def test_the_archive_carries_no_time_of_making() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(samples.LETTER))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 3, 5, 0, 0, 0)}
