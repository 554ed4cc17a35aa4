"""Geometry of charts: values in, places out. Knows nothing of drawing, of words or of what the values mean."""

from lachan.engine.charts.days import Day, running_total
from lachan.engine.charts.labels import Box, Label, place, spread
from lachan.engine.charts.projection import Projection, apart, fit, thinned
from lachan.engine.charts.scales import Scale, Segment, stack, ticks

__all__ = [
    "Box",
    "Day",
    "Label",
    "Projection",
    "Scale",
    "Segment",
    "apart",
    "fit",
    "place",
    "running_total",
    "spread",
    "stack",
    "thinned",
    "ticks",
]
