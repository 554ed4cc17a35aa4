"""The analysis of a year as pictures, each with its table: years beside one another, branches, late habits, channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lachan.engine.activities import CHANNELS
from lachan.engine.rates import Tally, percent
from lachan.foundation import formats
from lachan.foundation.charts import Bar, BarChart, Panel, Piece, SmallCharts
from lachan.foundation.charts.looks import Look
from lachan.portal.rates_shown import Line, line, rate_words

Rows = Sequence[Mapping[str, Any]]
PANELS = 12  # branches drawn; the table has all


def tallies(rows: Rows, *keys: str) -> dict[Any, Tally]:
    """Tallies by the groups they were asked by: one key, or several."""
    found = {}
    for row in rows:
        group = tuple(row[key] for key in keys)
        counts = {name: count for name, count in row.items() if name not in keys}
        found[group if len(keys) > 1 else group[0]] = Tally(**counts)
    return found


def years(known: Mapping[int, Tally]) -> BarChart | None:
    """Returns of every year: on time, late, not there."""
    if not known:
        return None
    rows = [Bar(str(year), _pieces(known[year]), _rate(known[year])) for year in sorted(known)]
    whole = _pieces(sum(known.values(), Tally()))
    return BarChart(_compared(known), rows, whole, max(one.expected for one in known.values()))


def _pieces(tally: Tally) -> list[Piece]:
    return [
        Piece("done", _("Báo cáo đúng hạn"), tally.on_time),
        Piece("late", _("Báo cáo trễ hạn"), tally.received - tally.on_time),
        Piece("waiting", _("Chưa báo cáo"), tally.missing),
    ]


def _rate(tally: Tally) -> str:
    words = {"reported": formats.number(tally.received), "owed": formats.number(tally.expected)}
    said = _("%(reported)s trên %(owed)s đã báo cáo") % words
    return f"{said} ({rate_words(tally.rate)})" if tally.expected else _("không phải báo cáo")


def _compared(known: Mapping[int, Tally]) -> str:
    """The last year with a rate on time beside the one before it."""
    last = [year for year in sorted(known) if known[year].rate_on_time is not None][-2:]
    if not last:
        return _("Chưa năm nào có đơn vị phải báo cáo.")
    now = known[last[-1]].rate_on_time
    words = {
        "year": last[-1],
        "now": rate_words(now),
        "before": last[0],
        "was": rate_words(known[last[0]].rate_on_time),
    }
    if len(last) == 1:
        return _("Năm %(year)s có %(now)s báo cáo đúng hạn.") % words
    return _("Năm %(year)s có %(now)s báo cáo đúng hạn; năm %(before)s có %(was)s.") % words


def year_lines(known: Mapping[int, Tally]) -> list[Line]:
    """The same as a table, the newest on top."""
    return [line(str(year), known[year]) for year in sorted(known, reverse=True)]


@dataclass(frozen=True)
class Branches:
    """Each branch month by month."""

    months: Sequence[int]  # those in which something was due
    chart: SmallCharts
    rows: Sequence[tuple[str, str, Sequence[str]]]  # name, address, rate of each month
    left_out: int  # branches not drawn


def branches(known: Mapping[tuple[int, int], Tally], names: Mapping[int, str]) -> Branches | None:
    """Branches in order of names; drawn are those with the lowest rate over the year."""
    months = sorted({month for _branch, month in known})
    by_branch: dict[int, dict[int, Tally]] = defaultdict(dict)
    for (branch, month), tally in known.items():
        if tally.expected:
            by_branch[branch][month] = tally
    if not by_branch:
        return None
    whole = {branch: sum(of.values(), Tally()) for branch, of in by_branch.items()}
    worst = sorted(whole, key=lambda branch: (whole[branch].received / whole[branch].expected, names.get(branch, "")))
    panels = [_panel(branch, by_branch[branch], months, names) for branch in worst[:PANELS]]
    word = _("Tỷ lệ báo cáo theo tháng đến hạn, thấp nhất trước; tháng không có báo cáo đến hạn giữ mức tháng trước")
    rows = [
        (
            names.get(branch, ""),
            reverse("portal:unit", args=[branch]),
            [rate_words(of[month].rate) if month in of else "–" for month in months],
        )
        for branch, of in sorted(by_branch.items(), key=lambda one: names.get(one[0], ""))
    ]
    return Branches(months, SmallCharts(word, panels, ""), rows, len(by_branch) - len(panels))


def _panel(branch: int, of: Mapping[int, Tally], months: Sequence[int], names: Mapping[int, str]) -> Panel:
    """A step for each month up to the last in which something was due to the branch."""
    last, level = max(of), of[min(of)]
    shares = []
    for month in (one for one in months if one <= last):
        level = of.get(month, level)
        shares.append(level.received / level.expected)
    shares.append(shares[-1])  # the end of the last step
    words = {"month": last, "rate": rate_words(of[last].rate)}
    said = _("tháng %(month)s: %(rate)s") % words
    return Panel(
        names.get(branch, ""), reverse("portal:unit", args=[branch]), shares, None, rate_words(of[last].rate), said
    )


_HABITS: tuple[tuple[int, Look, str | Promise], ...] = (  # up to so many days after the day due
    (-8, "done", gettext_lazy("Sớm hơn một tuần")),
    (-3, "done", gettext_lazy("Sớm 3 đến 7 ngày")),
    (-1, "done", gettext_lazy("Sớm 1, 2 ngày")),
    (0, "done", gettext_lazy("Đúng ngày hạn")),
    (3, "late", gettext_lazy("Trễ 1 đến 3 ngày")),
    (7, "late", gettext_lazy("Trễ 4 đến 7 ngày")),
    (30, "late", gettext_lazy("Trễ 8 đến 30 ngày")),
    (10_000, "late", gettext_lazy("Trễ hơn 30 ngày")),
)


def habits(rows: Rows) -> BarChart | None:
    """When returns come, by days from the day due."""
    if not rows:
        return None
    counts = [0] * len(_HABITS)
    for row in rows:
        counts[next(at for at, (last, *_rest) in enumerate(_HABITS) if row["days"] <= last)] += row["returns"]
    whole = sum(counts)
    bars = [
        Bar(str(word), [Piece(look, word, count)], _of(count, whole))
        for (_last, look, word), count in zip(_HABITS, counts, strict=True)
    ]
    late = sum(count for (_last, look, _word), count in zip(_HABITS, counts, strict=True) if look == "late")
    near = counts[2] + counts[3]
    words = {"near": rate_words(percent(near, whole)), "late": rate_words(percent(late, whole))}
    finding = _("%(near)s báo cáo đến trong hai ngày cuối hoặc đúng ngày hạn, %(late)s đến sau ngày hạn.") % words
    key = [Piece("done", _("Đến ngày hạn"), whole - late), Piece("late", _("Sau ngày hạn"), late)]
    return BarChart(finding, bars, key, max(counts))


def _of(count: int, whole: int) -> str:
    return f"{formats.number(count)} ({rate_words(percent(count, whole))})" if count else "0"


@dataclass(frozen=True)
class LateUnit:
    """A unit that is late or missing again and again."""

    name: str
    href: str
    due: int
    late: int
    missing: int


def most_often_late(rows: Rows) -> Rows:
    """The most often late or missing first; of equals, who had fewest due."""
    return sorted(rows, key=lambda row: (-row["late"] - row["missing"], row["due"], row["unit"]))


def late_units(rows: Rows, names: Mapping[int, str]) -> list[LateUnit]:
    """The rows with their names."""
    return [
        LateUnit(
            names.get(row["unit"], ""),
            reverse("portal:unit", args=[row["unit"]]),
            row["due"],
            row["late"],
            row["missing"],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Reach:
    """One channel in the year."""

    name: str
    times: int
    counted_in: str
    units: int
    audience: int


def reach(rows: Rows) -> list[Reach]:
    """The widest reach first."""
    english = (get_language() or "vi").startswith("en")
    found = []
    for row in rows:
        channel = CHANNELS.get(row["channel"], CHANNELS["other"])
        name, counted_in = (channel.name_en, channel.counted_in_en) if english else (channel.name, channel.counted_in)
        found.append(Reach(name, row["times"], counted_in, row["units"], row["audience"]))
    return sorted(found, key=lambda one: (-one.audience, -one.times, one.name))


def channels(known: Iterable[Reach]) -> BarChart | None:
    """People reached by channel."""
    reaching = [one for one in known if one.audience]
    if not reaching:
        return None
    whole = sum(one.audience for one in reaching)
    word = _("Lượt người tiếp cận")
    bars = [
        Bar(
            one.name,
            [Piece("done", word, one.audience)],
            ngettext("%(reach)s lượt người, %(units)s đơn vị", "%(reach)s lượt người, %(units)s đơn vị", one.units)
            % {"reach": formats.number(one.audience), "units": formats.number(one.units)},
        )
        for one in reaching
    ]
    words = {"name": reaching[0].name, "share": rate_words(percent(reaching[0].audience, whole))}
    finding = _("Kênh tiếp cận nhiều người nhất là %(name)s: %(share)s số lượt người.") % words
    return BarChart(finding, bars, [Piece("done", word, whole)], reaching[0].audience)
