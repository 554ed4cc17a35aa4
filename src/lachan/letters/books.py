"""The book of a unit for a year as it is kept on paper: what went out by number, what came in by number of arrival.

The columns are those of Decree 30/2020/NĐ-CP, annex IV: ten for what goes out, ten for what comes in.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lachan.engine.layout import Column, Row, SheetTable, Table, to_xlsx
from lachan.foundation import formats
from lachan.letters import numbering
from lachan.letters.actions import content_of
from lachan.letters.citing import issuer_in_words
from lachan.letters.models import Arrival, Letter, ReservedNumber
from lachan.orgs.models import Unit

OUT = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
IN = (
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Đơn vị hoặc người nhận",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)


def outgoing(unit: Unit, year: int) -> Table:
    """What went out in a year by number; numbers reserved, given up, cancelled or skipped stand in their places."""
    rows = [(letter.number or 0, _sent(letter)) for letter in numbering.numbered(unit, year)]
    kept = ReservedNumber.objects.filter(unit=unit, year=year)
    rows += [(one.number, _blank(f"{one.number:02d}", reserved_in_words(one))) for one in kept]
    rows += [(first, _blank(_stretch(first, last), "Bỏ trống")) for first, last in numbering.skipped(unit, year)]
    return _table(OUT, (row for _number, row in sorted(rows, key=lambda pair: pair[0])))


def incoming(unit: Unit, year: int) -> Table:
    """What came in during a year by number of arrival."""
    arrivals = Arrival.objects.filter(unit=unit, year=year).select_related("letter").order_by("number")
    return _table(IN, map(_came, arrivals))


def as_xlsx(unit: Unit, name: str, year: int, *, issued: bool) -> bytes:
    """The book as a workbook, ready to print on A4."""
    title = "SỔ ĐĂNG KÝ VĂN BẢN ĐI" if issued else "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
    table = outgoing(unit, year) if issued else incoming(unit, year)
    return to_xlsx((SheetTable(f"{year}", table, (title, name, f"Năm {year}"), landscape=True),))


def reserved_in_words(one: ReservedNumber) -> str:
    """What became of a reserved number: "Giữ số: …", or "Đã hủy: …" with the reason."""
    if one.given_up_at:
        return _("Đã hủy số: %(because)s") % {"because": one.given_up_because}
    return _("Giữ số cho: %(purpose)s") % {"purpose": one.purpose}


def _sent(letter: Letter) -> Row:
    content = content_of(letter)
    filing = next((line for line in content.copies if line.startswith("Lưu")), "")
    receivers = [*content.recipients, *(line for line in content.copies if line not in (filing, "Như trên"))]
    note = "; ".join(filter(None, [letter.urgency, letter.circulation, _state(letter)]))
    return Row(
        (
            letter.full_symbol,
            formats.day(letter.dated_on) if letter.dated_on else "",
            _about(letter),
            letter.signer_name,
            "; ".join(receivers),
            filing.removeprefix("Lưu:").strip(" ."),
            "",
            "",
            "",
            note,
        )
    )


def _came(arrival: Arrival) -> Row:
    letter = arrival.letter
    return Row(
        (
            formats.day(arrival.arrived_on),
            f"{arrival.number:02d}",
            issuer_in_words(letter),
            letter.full_symbol,
            formats.day(letter.dated_on) if letter.dated_on else "",
            _about(letter),
            arrival.handled_by,
            "",
            "",
            "; ".join(filter(None, [letter.urgency, letter.circulation, arrival.note])),
        )
    )


def _state(letter: Letter) -> str:
    if letter.state == Letter.State.CANCELLED:
        return f"Đã hủy: {letter.cancelled_because}"
    return "Chờ ký số" if letter.state == Letter.State.SIGNING else ""


def _about(letter: Letter) -> str:
    kind = f"{letter.doc_type[:1].upper()}{letter.doc_type[1:]}"
    return f"{kind}: {letter.abstract}" if letter.abstract else kind


def _blank(number: str, note: str) -> Row:
    return Row((number, *[""] * (len(OUT) - 2), note))


def _stretch(first: int, last: int) -> str:
    return f"{first:02d}" if first == last else f"{first:02d}–{last:02d}"


def _table(labels: tuple[str, ...], rows: Iterable[Row]) -> Table:
    return Table(tuple(Column(label) for label in labels), tuple(rows), missing="")
