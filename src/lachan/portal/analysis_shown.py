"""The analysis of a year as pictures, each with its table: years beside one another, branches, late habits, channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lachan.engine.activities import CHANNELS
from lachan.engine.rates import Tally, percent
from lachan.engine.vietnamese import sort_key
from lachan.foundation import formats
from lachan.foundation.charts import Bar, BarChart, Panel, Piece, SmallCharts
from lachan.foundation.charts.looks import Look
from lachan.portal.analysis_asked import Rows
from lachan.portal.rates_shown import Line, line, rate_words

PANELS = 6  # branches drawn; the table has all


def years(known: Mapping[int, Tally]) -> BarChart | None:
    """Returns of every year, as far as they are due: on time, late, not there."""
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
    if tally.is_not_due:
        return _("chưa đến hạn")
    return f"{said} ({rate_words(tally.rate)})" if tally.expected else _("không phải báo cáo")


def _compared(known: Mapping[int, Tally]) -> str:
    """The last year with a rate on time beside the one before it."""
    last = [year for year in sorted(known) if known[year].rate_on_time is not None][-2:]
    if not last:
        return _("Chưa năm nào có báo cáo đến hạn.")
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

    months: Sequence[int]  # those in which something is due
    chart: SmallCharts | None  # none while nothing is due yet
    rows: Sequence[
        tuple[str, str, str, Sequence[str]]
    ]  # name, rate of the year, address, that and each month's in per cent
    left_out: int  # branches that could be drawn and are not


def by_branch(known: Mapping[tuple[int, int], Tally]) -> tuple[list[int], dict[int, dict[int, Tally]]]:
    """The months in which something is due, and of each branch that owes something its tallies by month."""
    found: dict[int, dict[int, Tally]] = defaultdict(dict)
    for (branch, month), tally in known.items():
        if tally.expected or tally.not_due:
            found[branch][month] = tally
    return sorted({month for _branch, month in known}), found


def in_order(branches: Iterable[int], names: Mapping[int, str]) -> list[int]:
    """Branches in Vietnamese order of their names."""
    return sorted(branches, key=lambda branch: sort_key(names[branch]))


def branches(known: Mapping[tuple[int, int], Tally], names: Mapping[int, str]) -> Branches | None:
    """Branches in order of names; drawn are those with the lowest rate over the year."""
    months, of_branch = by_branch(known)
    if not of_branch:
        return None
    whole = {branch: sum(of.values(), Tally()) for branch, of in of_branch.items()}
    due = [branch for branch in whole if whole[branch].expected]
    worst = sorted(due, key=lambda branch: (whole[branch].received / whole[branch].expected, names[branch]))
    panels = [_panel(branch, of_branch[branch], months, names) for branch in worst[:PANELS]]
    word = _("Tỷ lệ báo cáo theo tháng đến hạn, thấp nhất trước; tháng không có báo cáo đến hạn giữ mức tháng trước")
    rows = []
    for branch in in_order(of_branch, names):
        of = of_branch[branch]
        rates = [_per_cent(one) for one in (whole[branch], *(of.get(month, Tally()) for month in months))]
        rows.append((names[branch], rate_words(whole[branch].rate, whole[branch]), _unit(branch), rates))
    return Branches(months, SmallCharts(word, panels, "") if panels else None, rows, len(due) - len(panels))


def _per_cent(tally: Tally) -> str:
    if tally.is_not_due:
        return _("chưa đến hạn")
    return "–" if tally.rate is None else formats.number(tally.rate)


def _unit(key: int) -> str:
    return reverse("portal:unit", args=[abs(key)])


def _panel(branch: int, known: Mapping[int, Tally], months: Sequence[int], names: Mapping[int, str]) -> Panel:
    """A step for each month up to the last in which something was due to the branch; what is still to come draws none."""
    of = {month: tally for month, tally in known.items() if tally.expected}
    last, level = max(of), of[min(of)]
    shares = []
    for month in (one for one in months if one <= last):
        level = of.get(month, level)
        shares.append(level.received / level.expected)
    shares.append(shares[-1])  # the end of the last step
    words = {"month": last, "rate": rate_words(of[last].rate)}
    said = _("tháng %(month)s: %(rate)s") % words
    return Panel(names[branch], _unit(branch), shares, None, rate_words(of[last].rate), said)


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


def came(rows: Rows) -> list[tuple[str, Look, int]]:
    """How many returns came when, by days from the day due."""
    counts = [0] * len(_HABITS)
    for row in rows:
        counts[next(at for at, (last, *_rest) in enumerate(_HABITS) if row["days"] <= last)] += row["returns"]
    return [(str(word), look, count) for (_last, look, word), count in zip(_HABITS, counts, strict=True)]


def habits(rows: Rows) -> BarChart | None:
    """When returns come."""
    if not rows:
        return None
    known = came(rows)
    counts = [count for _word, _look, count in known]
    whole = sum(counts)
    bars = [Bar(word, [Piece(look, word, count)], _of(count, whole)) for word, look, count in known]
    late = sum(count for _word, look, count in known if look == "late")
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

    @property
    def headline(self) -> str:
        """Of those due, how many were late or are missing."""
        return f"{formats.number(self.late + self.missing)}/{formats.number(self.due)}"


def late_units(rows: Rows, names: Mapping[int, str]) -> list[LateUnit]:
    """The rows with their names."""
    return [LateUnit(names[row["unit"]], _unit(row["unit"]), row["due"], row["late"], row["missing"]) for row in rows]


@dataclass(frozen=True)
class Reach:
    """One channel in the year."""

    name: str
    times: int
    counted_in: str
    units: int
    audience: int

    @property
    def headline(self) -> str:
        return f"{formats.number(self.times)} {self.counted_in}"


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
