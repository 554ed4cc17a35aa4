"""The honest rates of reporting as a consolidated report tells them, each with how it is worked out."""

from decimal import Decimal

from django.utils.translation import gettext_noop

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
    shares = (None, tally.rate, tally.rate_on_time, tally.rate_filled, tally.rate_valid)
    counts = (tally.expected, tally.received, tally.on_time, tally.filled, tally.valid)
    rows: list[tuple[Cell, ...]] = [
        (word, count, _percent(share), f"{how}.") for (word, how), count, share in zip(HOW, counts, shares, strict=True)
    ]
    rows[0] = (HOW[0][0], tally.expected, "", f"{HOW[0][1]}{excused}.")
    if rated.valid is None:
        rows[-1] = (HOW[-1][0], "", NONE, "Gói báo cáo từ hệ thống khác không cho biết.")
    return Table(columns, tuple(Row(row) for row in rows), caption=caption)


NONE = "không tính"
HOW = (
    (gettext_noop("Phải báo cáo"), gettext_noop("Đơn vị có nghĩa vụ báo cáo")),
    (gettext_noop("Đã báo cáo"), gettext_noop("Thủ trưởng đã duyệt, không bị trả lại; tính trên số phải báo cáo")),
    (gettext_noop("Đúng hạn"), gettext_noop("Bản đầu tiên gửi lên trong hạn; tính trên số phải báo cáo")),
    (gettext_noop("Có số liệu"), gettext_noop("Có số khác 0 hoặc có ý viết; tính trên số đã báo cáo")),
    (gettext_noop("Hợp lệ"), gettext_noop("Đúng mọi quy tắc kiểm tra của biểu mẫu; tính trên số đã báo cáo")),
)
"""The five, and how each is worked out: one wording for the report, which stays Vietnamese, and for pages, which translate it."""


def _percent(rate: Decimal | None) -> str:
    return NONE if rate is None else f"{formats.number(rate)}{formats.NBSP}%"
