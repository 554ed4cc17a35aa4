"""Charts for the living page: made up, and the same each time."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lachan.engine.charts import running_total
from lachan.foundation.charts.areas import Area, AreaMap, Spot
from lachan.foundation.charts.bars import Bar, BarChart, Piece
from lachan.foundation.charts.days import DayChart, DayLine, DayMark
from lachan.foundation.charts.looks import Look
from lachan.foundation.charts.small import Panel, SmallCharts
from lachan.foundation.charts.year import Run, YearChart

PLACES: tuple[tuple[str, float, float, Look], ...] = (
    ("Bắc Sơn", 105.2, 20.3, "done"),
    ("Đông Hà", 105.5, 20.1, "late"),
    ("Ỷ La", 105.8, 19.9, "overdue"),
    ("Gò Cao", 105.4, 19.8, "waiting"),
)
OUTLINE = ((105.0, 20.0), (105.3, 20.5), (105.9, 20.3), (106.1, 19.9), (105.7, 19.6), (105.2, 19.6))


def samples() -> dict[str, Any]:
    """One of each chart."""
    return {"bars": _bars(), "days": _days(), "map": _map(), "small": _small(), "year": _year()}


def _pieces(*counts: int) -> list[Piece]:
    words = (_("Báo cáo đúng hạn"), _("Báo cáo trễ hạn"), _("Chưa báo cáo, còn hạn"), _("Quá hạn"))
    looks: tuple[Look, ...] = ("done", "late", "waiting", "overdue")
    return [Piece(look, word, count) for look, word, count in zip(looks, words, counts, strict=True)]


def _bars() -> BarChart:
    said = _("%(reported)s trên %(owed)s đã báo cáo")
    rows = [
        Bar("Huyện Ỷ La", _pieces(9, 2, 4, 7), said % {"reported": 11, "owed": 22}),
        Bar("Huyện Bắc Sơn", _pieces(20, 6, 8, 0), said % {"reported": 26, "owed": 34}),
    ]
    return BarChart(_("Huyện Ỷ La còn bảy xã quá hạn."), rows, _pieces(29, 8, 12, 7), 34)


def _days() -> DayChart:
    first, today = date(2024, 11, 4), date(2024, 11, 27)
    came = {date(2024, 11, day): day - 10 for day in range(14, 26)}
    received = {date(2024, 11, 5): 90, date(2024, 11, 6): 20}
    return DayChart(
        _("Hơn hai phần ba đã báo cáo, còn ba ngày đến hạn."),
        [
            DayLine(_("Đã báo cáo"), running_total(came, first, today), "main"),
            DayLine(_("Đã xác nhận"), running_total(received, first, today), "second"),
        ],
        [DayMark(_("Hôm nay"), today, "today"), DayMark(_("Hạn báo cáo"), date(2024, 11, 30), "due")],
        first,
        date(2024, 12, 1),
        118,
        _("Phải báo cáo"),
    )


def _map() -> AreaMap:
    spots = [Spot(name, (lon, lat), look, "", "#area_map") for name, lon, lat, look in PLACES]
    ground = [Area("Thanh Bình", [OUTLINE], (105.5, 20.0))]
    return AreaMap(
        _("Một xã quá hạn, ở phía đông."),
        "",
        ground,
        spots,
        source=_("Ranh giới vẽ để minh họa."),
        key=_pieces(1, 1, 1, 1),
    )


CAMPAIGNS = ("Chậm một phút, chắc một đời", "Hỏi lại một câu")


def _small() -> SmallCharts:
    quick, slow = [min(day / 20, 0.9) for day in range(28)], [day / 60 for day in range(15)]
    said = _("%(reported)s trên %(owed)s đã báo cáo")
    return SmallCharts(
        _("Tỷ lệ đơn vị đã báo cáo từ ngày phát động, cùng một thang đo"),
        [
            Panel(CAMPAIGNS[0], "#small_charts", quick, 26, "90 %", said % {"reported": 90, "owed": 100}),
            Panel(CAMPAIGNS[1], "#small_charts", slow, 22, "23 %", said % {"reported": 14, "owed": 60}),
        ],
        _("hạn"),
    )


def _year() -> YearChart:
    first, second = (date(2024, 3, 1), date(2024, 4, 10)), (date(2024, 10, 29), date(2024, 12, 5))
    said = _("%(reported)s trên %(owed)s đã báo cáo")
    runs = [
        Run(CAMPAIGNS[0], "#year_chart", *first, first[1], 1.0, said % {"reported": 100, "owed": 100}, "01/03 – 10/04"),
        Run(CAMPAIGNS[1], "#year_chart", *second, second[1], 0.4, said % {"reported": 24, "owed": 60}, "29/10 – 05/12"),
    ]
    return YearChart(_("Hai chiến dịch, một đang triển khai."), 2024, date(2024, 11, 18), runs, _("T"))
