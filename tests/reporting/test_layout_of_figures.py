"""Figures laid out: wide annexes continued, many opinions moved to an annex, numbers as documents print them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cast import DAY, Cast

from lachan.engine.layout import Annex, ListItem, OfficialDocument, Paragraph, Row, Table
from lachan.letters.models import Letter
from lachan.reporting.consolidated import document, figure
from lachan.reporting.snapshot import Indicator, Line, Opinion, Snapshot, Topic

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
    numbers = [Indicator(f"Chỉ tiêu {n}", "lượt", "sum", str(2 * n), 2, 2) for n in range(count)]
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


def test_opinions_too_many_for_the_body_are_all_in_an_annex(laid_out: LaidOut) -> None:
    opinions = [Opinion(f"Ý kiến số {n}", ["Xã Gò Cao"]) for n in range(40)]
    topics = [Topic("Khó khăn", False, 0, [("UBND cấp xã", opinions)])]
    report = laid_out(replace(NOTHING, topics=topics))
    body = [block.text for block in report.body if isinstance(block, ListItem)]
    annex = [block.text for block in report.annexes[-1].blocks if isinstance(block, ListItem)]
    assert len(body) == 25
    assert sorted(map(str, body + annex)) == sorted(f"Ý kiến số {n} (Xã Gò Cao)." for n in range(40))
    said = [str(block.text) for block in report.body if isinstance(block, Paragraph)]
    assert "Còn 15 ý kiến khác của các đơn vị được nêu tại Phụ lục II." in said


def test_an_opinion_of_many_names_the_first_and_counts_the_rest(laid_out: LaidOut) -> None:
    shared = Opinion("Thiếu loa", [f"Xã {n}" for n in range(1, 10)])
    report = laid_out(replace(NOTHING, topics=[Topic("Khó khăn", False, 0, [("UBND cấp xã", [shared])])]))
    assert ListItem("Thiếu loa (9 đơn vị: Xã 1, Xã 2, Xã 3, Xã 4, Xã 5, Xã 6 và 3 đơn vị khác).") in report.body


@pytest.mark.parametrize(
    ("kept", "printed"), [(None, None), ("0", 0), ("1250", 1250), ("12.50", "12.5"), ("2.6667", "2.67")]
)
def test_a_figure_is_printed_as_it_is(kept: str | None, printed: object) -> None:
    assert str(figure(kept)) == str(printed)
