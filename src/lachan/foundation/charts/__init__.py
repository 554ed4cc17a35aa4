"""Pictures of counts, drawn on the server: `{% load charts %}`. Places come from lachan.engine.charts, looks from charts.css."""

from lachan.foundation.charts.areas import Area, AreaMap, Spot
from lachan.foundation.charts.bars import Bar, BarChart, Piece
from lachan.foundation.charts.days import DayChart, DayLine, DayMark
from lachan.foundation.charts.small import Panel, SmallCharts
from lachan.foundation.charts.year import Run, YearChart

__all__ = [
    "Area",
    "AreaMap",
    "Bar",
    "BarChart",
    "DayChart",
    "DayLine",
    "DayMark",
    "Panel",
    "Piece",
    "Run",
    "SmallCharts",
    "Spot",
    "YearChart",
]
