"""Pictures of counts: `{% load charts %}`. Shown with examples at /thiet-ke/; the page links foundation/charts.css.

{% chart_looks %}            once a page, before the first picture: patterns and shapes
{% bar_chart chart %}        foundation.charts.BarChart: rows of bars on one scale
{% day_chart chart %}        foundation.charts.DayChart: running totals over days
{% area_map chart %}         foundation.charts.AreaMap: shapes and points
{% small_charts chart %}     foundation.charts.SmallCharts: several lines beside one another on the same scales
{% year_chart chart %}       foundation.charts.YearChart: what runs from when to when, over the months of a year
"""

from django import template
from django.utils.safestring import SafeString

from lachan.foundation.charts import AreaMap, BarChart, DayChart, SmallCharts, YearChart
from lachan.foundation.charts.areas import drawn_map
from lachan.foundation.charts.bars import drawn_bars
from lachan.foundation.charts.days import drawn_days
from lachan.foundation.charts.looks import definitions
from lachan.foundation.charts.small import drawn_small
from lachan.foundation.charts.year import drawn_year

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


@register.simple_tag
def small_charts(chart: SmallCharts) -> SafeString:
    """Several small pictures on the same scales."""
    return drawn_small(chart)


@register.simple_tag
def year_chart(chart: YearChart) -> SafeString:
    """A year as a strip."""
    return drawn_year(chart)
