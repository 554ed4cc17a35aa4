"""The consolidated report: its documents, laid out from a snapshot and the letter it goes out as.

Words of the documents themselves stay Vietnamese whatever the language of the page: they are official papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils import translation
from django.utils.timezone import localtime

from lachan.engine.comparison import change
from lachan.engine.layout import (
    Annex,
    Block,
    Cell,
    Column,
    Heading,
    Level,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    SheetTable,
    Table,
    to_docx,
    to_pdf,
    to_xlsx,
)
from lachan.engine.layout.words import roman
from lachan.engine.vietnamese import write_number
from lachan.foundation import formats
from lachan.letters.composing import blocks, official
from lachan.letters.models import Letter
from lachan.reporting.models import ConsolidatedReport
from lachan.reporting.rates_reported import rates_table
from lachan.reporting.snapshot import (
    NAMED,
    UNASKED,
    Absent,
    Compared,
    Comparison,
    Gathered,
    Indicator,
    Opinion,
    Snapshot,
    Topic,
    number,
)

ACROSS = 8
"""Indicators in one table of an annex; more are continued in the next."""
_WHO = (Column("STT", "index", share=1.2), Column("Đơn vị", share=4.4), Column("Thuộc", share=4.4))
FIGURES, LISTS, ABSENCE, OPINIONS = "figures", "lists", "absence", "opinions"  # what annexes hold, in their order


def document(letter: Letter, snapshot: Snapshot, *, closing: str) -> OfficialDocument:
    """The report as an official document: the letter's opening, the four parts, `closing`, and the annexes."""
    heading = official(letter)
    with translation.override("vi"):
        body = (*heading.body, *_parts(snapshot), *blocks(closing))
        return replace(heading, body=body, annexes=tuple(_annexes(snapshot)))


def written(report: ConsolidatedReport, kind: str) -> bytes:
    """An issued report as "docx", "pdf" or "xlsx", from what was frozen: always the same."""
    snapshot = Snapshot.from_json(report.figures)
    if kind == "xlsx":
        return to_xlsx(workbook(report.letter, snapshot))
    laid_out = document(report.letter, snapshot, closing=report.closing)
    return to_docx(laid_out) if kind == "docx" else to_pdf(laid_out)


def workbook(letter: Letter, snapshot: Snapshot) -> tuple[SheetTable, ...]:
    """The same figures as sheets: by indicator, by unit, opinions, missing and late units."""
    with translation.override("vi"):
        title = (f"Báo cáo số {letter.full_symbol}", letter.abstract, f"Số liệu đến {moment(snapshot.taken_at)}")
        sheets = [
            SheetTable("Chỉ tiêu", _by_indicator(snapshot), title),
            *([SheetTable("Tỷ lệ báo cáo", rates_table(snapshot, snapshot.rated), title)] if snapshot.rated else []),
            SheetTable("Theo đơn vị", _by_unit(snapshot, snapshot.indicators, 0), title, landscape=True),
            *(
                SheetTable(f"Danh sách {place}", _entries(one), (*title, one.text), landscape=True)
                for place, one in enumerate(snapshot.lists, start=1)
            ),
            SheetTable("Ý kiến", _opinions(snapshot), title, landscape=True),
            SheetTable("Chưa báo cáo", _absent(snapshot.missing), title),
            SheetTable("Báo cáo trễ hạn", _late(snapshot.late_ones), title),
        ]
    return tuple(sheet for sheet in sheets if sheet.table.rows)


def _parts(snapshot: Snapshot) -> Iterator[Block]:
    topics = [topic for topic in snapshot.topics if not topic.is_proposal]
    proposals = [topic for topic in snapshot.topics if topic.is_proposal]
    yield Heading("Tình hình triển khai", "I")
    yield from _carried_out(snapshot)
    yield Heading("Kết quả theo chỉ tiêu", "II")
    yield from _results(snapshot)
    if topics:
        yield Heading("Đánh giá của các đơn vị", "III")
        yield from _said(snapshot, topics)
    if proposals:
        yield Heading("Đề xuất, kiến nghị", "IV" if topics else "III")
        yield from _said(snapshot, proposals)


def _carried_out(s: Snapshot) -> Iterator[Block]:
    """The numbers in words, then by kind of unit."""
    yield Paragraph(
        f"Nhiệm vụ được giao cho {count(s.assigned)} đơn vị; đến {moment(s.taken_at)}, "
        f"{of_all(s.confirmed, s.assigned)} đã xác nhận nhận được văn bản."
    )
    if s.must_pass_on:
        yield Paragraph(
            f"Trong {count(s.must_pass_on)} đơn vị có đơn vị trực thuộc, "
            f"{of_all(s.passed_on, s.must_pass_on)} đã ban hành văn bản triển khai xuống cấp dưới."
        )
    yield Paragraph(
        f"Về chế độ báo cáo, {of_all(s.received, s.expected)} đã gửi báo cáo được thủ trưởng đơn vị duyệt, trong đó "
        f"{count(s.on_time)} đơn vị gửi đúng hạn, {count(s.late)} đơn vị gửi trễ hạn. {_lacking(s)}"
    )
    if s.kinds:
        yield _by_kind(s)
    if s.rated:
        yield rates_table(s, s.rated, "Bảng 2. Tỷ lệ báo cáo")


def _lacking(s: Snapshot) -> str:
    missing = s.expected - s.received
    if not missing:
        return "Không có đơn vị nào chưa gửi báo cáo."
    return f"Còn {count(missing)} đơn vị chưa gửi báo cáo (danh sách tại {_annex_name(s, ABSENCE)})."


def _by_kind(s: Snapshot) -> Table:
    columns = (
        Column("STT", "index"),
        Column("Loại đơn vị"),
        Column("Phải báo cáo", "number"),
        Column("Đã báo cáo", "number"),
        Column("Trong đó trễ hạn", "number"),
        Column("Chưa báo cáo", "number"),
    )
    rows = tuple(
        Row((str(place), kind.name, kind.expected, kind.received, kind.late, kind.expected - kind.received))
        for place, kind in enumerate(s.kinds, start=1)
    )
    total = Row((None, "Tổng cộng", s.expected, s.received, s.late, s.expected - s.received))
    return Table(
        columns,
        rows,
        caption="Bảng 1. Tình hình báo cáo theo loại đơn vị",
        unit_note="Đơn vị tính: đơn vị",
        total=total,
    )


def _results(s: Snapshot) -> Iterator[Block]:
    if s.indicators:
        yield from _in_numbers(s)
    else:
        yield Paragraph("Biểu mẫu không có chỉ tiêu số liệu.")
    yield from (Paragraph(_counted(s, one)) for one in s.lists)


def _counted(s: Snapshot, one: Gathered) -> str:
    """What the body says of a list: how many rows of how many units, and where they stand."""
    if not one.count:
        return f"Về “{one.text}”, các đơn vị không báo cáo mục nào."
    where = f"danh sách tại {_annex_name(s, LISTS)}"
    return f"Về “{one.text}”, {count(one.units)} đơn vị báo cáo {count(one.count)} mục ({where})."


def _in_numbers(s: Snapshot) -> Iterator[Block]:
    place = 3 if s.rated else 2
    yield _by_indicator(s, caption=f"Bảng {place}. Kết quả thực hiện các chỉ tiêu")
    note = "Số liệu tổng hợp từ báo cáo đã được thủ trưởng đơn vị duyệt; đơn vị chưa báo cáo không được tính là bằng 0."
    yield Paragraph(f"{note} Số liệu của từng đơn vị tại {_annex_name(s, FIGURES)}.")
    if s.comparison and s.comparison.rows:
        yield _compared(s.comparison, f"Bảng {place + 1}. So sánh với chiến dịch trước")


def _compared(c: Comparison, caption: str) -> Table:
    columns = (
        Column("STT", "index"),
        Column("Chỉ tiêu"),
        Column("Đơn vị tính"),
        Column("Lần trước", "number"),
        Column("Lần này", "number"),
        Column("Tăng, giảm", "number"),
        Column("Tỷ lệ", "number"),
    )
    rows = tuple(
        Row((str(place), one.text, one.counted_in, figure(one.before), figure(one.now), *_more_or_less(one)))
        for place, one in enumerate(c.rows, start=1)
    )
    note = f"Lần trước: {c.name}, {of_all(c.received, c.expected)} đã báo cáo."
    return Table(columns, rows, caption=caption, source_note=note)


def _more_or_less(one: Compared) -> tuple[Cell, Cell]:
    found = change(number(one.before), number(one.now))
    share = formats.percent(found.share) if found.share is not None else None
    return figure(f"{found.difference:f}") if found.difference is not None else None, share


def _by_indicator(s: Snapshot, caption: str = "") -> Table:
    columns = (
        Column("STT", "index"),
        Column("Chỉ tiêu"),
        Column("Đơn vị tính"),
        Column("Kết quả", "number"),
        Column("Số đơn vị đã báo cáo / phải báo cáo", "number"),
    )
    rows = tuple(
        Row((str(place), one.text, one.counted_in, figure(one.value), f"{count(one.received)}/{count(one.expected)}"))
        for place, one in enumerate(s.indicators, start=1)
    )
    return Table(columns, rows, caption=caption)


def _said(s: Snapshot, topics: Sequence[Topic]) -> Iterator[Block]:
    for place, topic in enumerate(topics, start=1):
        yield Heading(topic.text.rstrip(" .:;"), str(place), Level.CLAUSE)
        if not topic.opinions:
            yield Paragraph("Các đơn vị không nêu nội dung cụ thể.")
        yield from (ListItem(_with_units(opinion)) for opinion in topic.opinions if opinion.in_body)
        if topic.nothing:
            yield Paragraph(f"Có {count(topic.nothing)} đơn vị báo cáo không có nội dung này.")
        if left := len(_left_over(topic)):
            yield Paragraph(f"Còn {count(left)} ý kiến khác của các đơn vị được nêu tại {_annex_name(s, OPINIONS)}.")


def _left_over(topic: Topic) -> list[Opinion]:
    return [opinion for opinion in topic.opinions if not opinion.in_body]


def _with_units(opinion: Opinion) -> str:
    """The words and whose they are: "Thiếu tài liệu (3 đơn vị: UBND xã A, UBND xã B, UBND xã C)."."""
    named, more = opinion.units[:NAMED], opinion.count - NAMED
    names = ", ".join(named) + (f" và {count(more)} đơn vị khác" if more > 0 else "")
    who = f"{count(opinion.count)} đơn vị: {names}" if opinion.count > 1 else names
    text = " ".join(opinion.text.split()).rstrip(" .;,")
    return f"{text} ({who})." if who else f"{text}."


def _annex_name(s: Snapshot, what: str) -> str:
    """How the body calls the annex that holds `what`, as the layout numbers it."""
    there = {
        FIGURES: bool(s.indicators),
        LISTS: any(one.count for one in s.lists),
        ABSENCE: True,
        OPINIONS: any(map(_left_over, s.topics)),
    }
    kept = [name for name, is_there in there.items() if is_there]
    return f"Phụ lục {roman(kept.index(what) + 1)}" if len(kept) > 1 else "Phụ lục"


def _annexes(s: Snapshot) -> Iterator[Annex]:
    if s.indicators:
        yield Annex(
            "Kết quả thực hiện các chỉ tiêu của từng đơn vị", tuple(_unit_tables(s)), landscape=len(s.indicators) > 3
        )
    if gathered := [one for one in s.lists if one.count]:
        wide = any(len(one.columns) > 3 for one in gathered)
        yield Annex(
            "Danh sách do các đơn vị báo cáo",
            tuple(_entries(one, caption=f"Biểu {place}. {one.text}") for place, one in enumerate(gathered, start=1)),
            landscape=wide,
        )
    yield Annex("Đơn vị chưa gửi báo cáo và đơn vị gửi báo cáo trễ hạn", tuple(_absence(s)))
    left = [(topic, opinions) for topic in s.topics if (opinions := _left_over(topic))]
    if left:
        yield Annex("Ý kiến khác của các đơn vị", tuple(_all_said(left)))


def _unit_tables(s: Snapshot) -> Iterator[Block]:
    parts = [s.indicators[at : at + ACROSS] for at in range(0, len(s.indicators), ACROSS)]
    for place, part in enumerate(parts):
        caption = (
            f"Biểu {place + 1}. Chỉ tiêu {place * ACROSS + 1} đến {place * ACROSS + len(part)}"
            if len(parts) > 1
            else ""
        )
        yield _by_unit(s, part, place * ACROSS, caption=caption)


def _by_unit(s: Snapshot, part: Sequence[Indicator], start: int, caption: str = "") -> Table:
    columns = (
        Column("STT", "index"),
        Column("Đơn vị"),
        *(Column(f"{one.text} ({one.counted_in})" if one.counted_in else one.text, "number") for one in part),
    )
    span = slice(start, start + len(part))
    rows = tuple(
        Row((line.number, line.name, *(_cell(value) for value in line.values[span])), bold=line.is_branch)
        for line in s.lines
    )
    total = Row((None, "Tổng cộng", *(figure(one.value) for one in part)))
    note = "Hàng chữ đậm là số tổng hợp của cả nhánh. Dấu “–”: chưa có số liệu; ô trống: chỉ tiêu không áp dụng cho đơn vị."
    return Table(columns, rows, caption=caption, total=total, source_note=note)


def _entries(one: Gathered, caption: str = "") -> Table:
    """The rows of a list, whose each is, and the sums of its columns of numbers."""
    totals = one.totals or [None] * len(one.columns)
    heads = (
        Column(head, "text" if summed is None else "number") for head, summed in zip(one.columns, totals, strict=True)
    )
    rows = tuple(
        Row((str(place), entry.unit, *(_in_column(*pair) for pair in zip(entry.cells, totals, strict=True))))
        for place, entry in enumerate(one.entries, start=1)
    )
    has_sum = any(summed is not None for summed in totals)
    total = Row((None, "Tổng cộng", *("" if summed is None else figure(summed) for summed in totals)))
    columns = (Column("STT", "index"), Column("Đơn vị"), *heads)
    return Table(columns, rows, caption=caption, total=total if has_sum else None)


def _in_column(cell: str, summed: str | None) -> Cell:
    return cell if summed is None else figure(cell or None)


def _cell(kept: str | None) -> Cell:
    return "" if kept == UNASKED else figure(kept)


def figure(kept: str | None) -> Cell:
    """A kept figure as documents print it: a mean rounded to two digits."""
    value = number(kept)
    return round(value, 2).normalize() if isinstance(value, Decimal) else value


def _absence(s: Snapshot) -> Iterator[Block]:
    yield Heading("Đơn vị chưa gửi báo cáo", "I")
    yield _absent(s.missing) if s.missing else Paragraph("Không có.")
    yield Heading("Đơn vị gửi báo cáo trễ hạn", "II")
    yield _late(s.late_ones) if s.late_ones else Paragraph("Không có.")


def _absent(units: Sequence[Absent]) -> Table:
    columns = (*_WHO, Column("Hạn báo cáo", share=3.8))
    rows = tuple(Row((str(place), u.name, u.via, brief(u.due_at))) for place, u in enumerate(units, start=1))
    return Table(columns, rows)


def _late(units: Sequence[Absent]) -> Table:
    columns = (*_WHO, Column("Hạn báo cáo", share=3.8), Column("Gửi lúc", share=3.8))
    rows = tuple(
        Row((str(place), u.name, u.via, brief(u.due_at), brief(u.received_at)))
        for place, u in enumerate(units, start=1)
    )
    return Table(columns, rows)


def _all_said(left: Sequence[tuple[Topic, list[Opinion]]]) -> Iterator[Block]:
    for place, (topic, opinions) in enumerate(left, start=1):
        yield Heading(topic.text.rstrip(" .:;"), str(place), Level.CLAUSE)
        yield from (ListItem(_with_units(opinion)) for opinion in opinions)


def _opinions(s: Snapshot) -> Table:
    columns = (
        Column("STT", "index"),
        Column("Nội dung hỏi"),
        Column("Ý kiến"),
        Column("Số đơn vị", "number"),
        Column("Đơn vị"),
    )
    said = [(topic.text, opinion) for topic in s.topics for opinion in topic.opinions]
    rows = tuple(
        Row((str(place), text, o.text, o.count, "; ".join(o.units))) for place, (text, o) in enumerate(said, start=1)
    )
    return Table(columns, rows)


def count(units: int) -> str:
    return write_number(units)


def of_all(part: int, whole: int) -> str:
    """1.101/1.146 đơn vị (96,1 %)."""
    share = f" ({formats.percent(part / whole)})" if whole else ""
    return f"{count(part)}/{count(whole)} đơn vị{share}"


def moment(iso: str) -> str:
    """9 giờ 30 ngày 20/12/2024."""
    return formats.moment(datetime.fromisoformat(iso))


def brief(iso: str) -> str:
    """9h30, 20/12/2024: for a narrow column; in Vietnamese, as the whole report, and quick, for a table of thousands."""
    when = localtime(datetime.fromisoformat(iso))
    return f"{when.hour}h{when:%M, %d/%m/%Y}"
