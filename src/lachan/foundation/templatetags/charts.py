"""Pictures of counts: `{% load charts %}`. Shown with examples at /thiet-ke/; the page links foundation/charts.css.

{% chart_looks %}            once a page, before the first picture: patterns and shapes
{% bar_chart chart %}        foundation.charts.BarChart: rows of bars on one scale
{% day_chart chart %}        foundation.charts.DayChart: running totals over days
{% area_map chart %}         foundation.charts.AreaMap: shapes and points
"""

from django import template
from django.utils.safestring import SafeString

from lachan.foundation.charts import AreaMap, BarChart, DayChart
from lachan.foundation.charts.areas import drawn_map
from lachan.foundation.charts.bars import drawn_bars
from lachan.foundation.charts.days import drawn_days
from lachan.foundation.charts.looks import definitions

register = template.Library()


@register.simple_tag
def chart_looks() -> SafeString:
    """Patterns and shapes that the pictures refer to."""
    return definitions()


@register.simple_tag
def bar_chart(chart: BarChart) -> SafeString:
    """Bars by row, with the numbers in words beside them."""
    return drawn_bars(chart)


@register.simple_tag
def day_chart(chart: DayChart) -> SafeString:
    """Running totals over days."""
    return drawn_days(chart)


@register.simple_tag
def area_map(chart: AreaMap) -> SafeString:
    """A map."""
    return drawn_map(chart)
