"""The honest rates of reporting as a consolidated report tells them, each with how it is worked out."""

from decimal import Decimal

from lachan.engine.layout import Cell, Column, Row, Table
from lachan.engine.rates import Tally
from lachan.foundation import formats
from lachan.reporting.snapshot import Rated, Snapshot


def rates_table(s: Snapshot, rated: Rated, caption: str = "") -> Table:
    """Returns expected, received, on time, not empty and valid, with their rates. Words stay Vietnamese, as of the report."""
    filled, valid = max(0, s.received - s.empty), min(rated.valid or 0, s.received)
    tally = Tally(s.expected, s.received, s.on_time, filled, valid, rated.excused)
    columns = (
        Column("Chỉ số", share=2.4),
        Column("Số báo cáo", "number"),
        Column("Tỷ lệ", "number"),
        Column("Cách tính", share=6),
    )
    excused = f"; không kể {formats.number(tally.excused)} đơn vị được miễn" if tally.excused else ""
    rows: list[tuple[Cell, ...]] = [
        ("Phải báo cáo", tally.expected, "", f"Đơn vị có nghĩa vụ báo cáo{excused}."),
        ("Đã báo cáo", tally.received, _percent(tally.rate), f"Thủ trưởng đã duyệt, không bị trả lại; {OF_EXPECTED}."),
        ("Đúng hạn", tally.on_time, _percent(tally.rate_on_time), f"Bản đầu tiên gửi lên trong hạn; {OF_EXPECTED}."),
        ("Có số liệu", tally.filled, _percent(tally.rate_filled), f"Có số khác 0 hoặc có ý viết; {OF_RECEIVED}."),
        ("Hợp lệ", tally.valid, _percent(tally.rate_valid), f"Đúng mọi quy tắc kiểm tra của biểu mẫu; {OF_RECEIVED}."),
    ]
    if rated.valid is None:
        rows[-1] = ("Hợp lệ", "", NONE, "Gói báo cáo từ hệ thống khác không cho biết.")
    return Table(columns, tuple(Row(row) for row in rows), caption=caption)


OF_EXPECTED, OF_RECEIVED, NONE = "tính trên số phải báo cáo", "tính trên số đã báo cáo", "không tính"


def _percent(rate: Decimal | None) -> str:
    return NONE if rate is None else f"{formats.number(rate)}{formats.NBSP}%"
