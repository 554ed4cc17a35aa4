"""Figures laid out: wide annexes continued, many opinions moved to an annex, numbers as documents print them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cast import DAY, Cast

from lachan.engine.layout import Annex, ListItem, OfficialDocument, Paragraph, Row, Table
from lachan.letters.models import Letter
from lachan.reporting.consolidated import document, figure
from lachan.reporting.snapshot import Compared, Comparison, Indicator, Line, Opinion, Snapshot, Topic

NOTHING = Snapshot(
    taken_at="2025-03-10T09:00:00+07:00",
    assigned=2,
    confirmed=2,
    must_pass_on=0,
    passed_on=0,
    expected=2,
    received=2,
    late=0,
    kinds=[],
    indicators=[],
    lines=[],
    topics=[],
    missing=[],
    late_ones=[],
)
LaidOut = Callable[[Snapshot], OfficialDocument]


@pytest.fixture
def laid_out(cast: Cast) -> LaidOut:
    letter = Letter(
        holder=cast.department,
        doc_type="báo cáo",
        symbol="BC-STTTT",
        dated_on=DAY,
        abstract="Kết quả",
        signer_title="GIÁM ĐỐC",
    )
    return lambda snapshot: document(letter, snapshot, closing="Hết.")


def with_indicators(count: int) -> Snapshot:
    numbers = [Indicator(str(n), f"Chỉ tiêu {n}", "lượt", "sum", str(2 * n), 2, 2) for n in range(count)]
    lines = [
        Line("1", "Xã Gò Cao", False, 1, 1, [str(n) for n in range(count)]),
        Line("2", "Xã Gò Thấp", False, 1, 1, [str(n) for n in range(count)]),
    ]
    return replace(NOTHING, indicators=numbers, lines=lines)


def test_an_annex_with_many_indicators_is_continued_in_a_second_table(laid_out: LaidOut) -> None:
    annex: Annex = laid_out(with_indicators(10)).annexes[0]
    first, second = (block for block in annex.blocks if isinstance(block, Table))
    assert annex.landscape
    assert [len(table.columns) - 2 for table in (first, second)] == [8, 2]
    assert second.caption == "Biểu 2. Chỉ tiêu 9 đến 10"
    row = second.rows[0]
    assert isinstance(row, Row)
    assert row.cells == ("1", "Xã Gò Cao", 8, 9)
    assert second.total == Row((None, "Tổng cộng", 16, 18))


def test_an_annex_with_few_indicators_stands_upright(laid_out: LaidOut) -> None:
    assert not laid_out(with_indicators(2)).annexes[0].landscape


def test_opinions_placed_in_the_annex_stand_there_and_are_counted_in_the_body(laid_out: LaidOut) -> None:
    opinions = [Opinion(f"Ý kiến số {n}", 1, ["Xã Gò Cao"], in_body=n < 25) for n in range(40)]
    report = laid_out(replace(NOTHING, topics=[Topic("Khó khăn", False, 0, opinions)]))
    body = [block.text for block in report.body if isinstance(block, ListItem)]
    annex = [block.text for block in report.annexes[-1].blocks if isinstance(block, ListItem)]
    assert len(body) == 25
    assert sorted(map(str, body + annex)) == sorted(f"Ý kiến số {n} (Xã Gò Cao)." for n in range(40))
    said = [str(block.text) for block in report.body if isinstance(block, Paragraph)]
    assert "Còn 15 ý kiến khác của các đơn vị được nêu tại Phụ lục II." in said


def test_an_opinion_of_many_names_the_first_and_counts_the_rest(laid_out: LaidOut) -> None:
    shared = Opinion("Thiếu loa", 9, [f"Xã {n}" for n in range(1, 10)])
    report = laid_out(replace(NOTHING, topics=[Topic("Khó khăn", False, 0, [shared])]))
    assert ListItem("Thiếu loa (9 đơn vị: Xã 1, Xã 2, Xã 3, Xã 4, Xã 5, Xã 6 và 3 đơn vị khác).") in report.body


def test_a_comparison_says_how_much_more_and_takes_no_share_of_nothing(laid_out: LaidOut) -> None:
    rows = [
        Compared("Số buổi", "buổi", "200", "300"),
        Compared("Số tin", "tin", None, "5"),
        Compared("Thư", "", "0", "5"),
    ]
    compared = Comparison("Chiến dịch năm 2024", 90, 100, rows)
    report = laid_out(replace(with_indicators(1), comparison=compared))
    table = next(block for block in report.body if isinstance(block, Table) and block.caption.startswith("Bảng 3"))
    assert [row.cells[3:] for row in table.rows if isinstance(row, Row)] == [
        (200, 300, 100, "50\u00a0%"),
        (None, 5, None, None),
        (0, 5, 5, None),
    ]
    assert table.source_note == "Lần trước: Chiến dịch năm 2024, 90/100 đơn vị (90\u00a0%) đã báo cáo."


@pytest.mark.parametrize(
    ("kept", "printed"), [(None, None), ("0", 0), ("1250", 1250), ("12.50", "12.5"), ("2.6667", "2.67")]
)
def test_a_figure_is_printed_as_it_is(kept: str | None, printed: object) -> None:
    assert str(figure(kept)) == str(printed)
