"""What analysis asks of many campaigns at once, as Ibis expressions: the same on DuckDB, PostgreSQL and Spark.

Every answer is whole numbers, grouped by whole numbers or words: no engine rounds otherwise than another. Rates are worked out from
them by `lachan.engine.rates`. Rows come in no order. Whose campaigns are asked about stands in a table of its own: a question is
the same for everybody, and so is its SQL. Returns are asked about as on a `day`: those due before it are counted, others only as
not due.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import ibis
from ibis import _
from ibis.expr.types import Column, Table

DUTIES = ibis.table(
    {
        "owner": "int64",  # the unit that leads the campaign
        "branch": "int64",  # the unit at the head of the branch the unit stands in
        "unit": "int64",
        "branch_now": "int64",  # the two as units are on the day of the facts; minus the unit for one that has no one heir
        "unit_now": "int64",
        "due_on": "date",
        "days": "int64",  # from the day due to the day first sent up; none where nothing counts
        "received": "int64",  # 1 or 0, like the others
        "on_time": "int64",
        "filled": "int64",
        "valid": "int64",
        "excused": "int64",
    },
    name="duties",
)
"""One return owed by one unit, and what became of it: a row each, as `lachan.reporting.analysing` writes them."""

ACTIVITIES = ibis.table(
    {
        "owner": "int64",  # the unit that leads the campaign it was done for
        "unit": "int64",
        "unit_now": "int64",
        "channel": "string",
        "done_on": "date",
        "times": "int64",
        "audience": "int64",  # none where unknown
    },
    name="activities",
)
"""One thing done by one unit for a campaign."""

OWNERS = ibis.table({"owner": "int64"}, name="owners")
"""The units whose campaigns are asked about, once each."""

LATEST = 90
"""Days early or late beyond which it makes no difference to a habit."""


QUESTIONS_KEPT = 64
"""Of each kind, as many years and days are at hand: to put a question together takes longer than to answer it."""


def _tallied(day: date) -> dict[str, Column]:
    owed = 1 - _.excused
    due = owed * ibis.ifelse(_.due_on < day, 1, 0)
    counts = {name: (_[name] * due).sum() for name in ("received", "on_time", "filled", "valid")}
    return {"expected": due.sum(), **counts, "excused": _.excused.sum(), "not_due": (owed - due).sum()}


def _of_owners(facts: Table) -> Table:
    return facts.semi_join(OWNERS, "owner")


@lru_cache(maxsize=QUESTIONS_KEPT)
def by_year(day: date) -> Table:
    """The tallies of every year, by the day due."""
    inside = _of_owners(DUTIES)
    return inside.group_by(year=_.due_on.year()).agg(**_tallied(day))


@lru_cache(maxsize=QUESTIONS_KEPT)
def by_branch_and_month(year: int, day: date, *, todays: bool = False) -> Table:
    """The tallies of each branch in each month of the year, by the day due. `todays`: the branches there are now."""
    inside = _of_owners(DUTIES).filter(_.due_on.year() == year)
    return inside.group_by(branch=_.branch_now if todays else _.branch, month=_.due_on.month()).agg(**_tallied(day))


@lru_cache(maxsize=QUESTIONS_KEPT)
def by_days(year: int, day: date) -> Table:
    """How many returns first came so many days before (below 0) or after the day they were due."""
    came = _of_owners(DUTIES).filter(_.due_on.year() == year, _.due_on < day, _.excused == 0, _.received == 1)
    kept = came.mutate(off=ibis.greatest(-LATEST, ibis.least(LATEST, _.days)))
    return kept.group_by(days=_.off).agg(returns=_.count())


@lru_cache(maxsize=QUESTIONS_KEPT)
def by_late_unit(year: int, day: date, least: int = 2, *, todays: bool = False) -> Table:
    """Units with `least` returns late, or not there though due before `day`: how many of how many."""
    due = _of_owners(DUTIES).filter(_.due_on.year() == year, _.excused == 0, _.due_on < day)
    counts = due.group_by(unit=_.unit_now if todays else _.unit).agg(
        due=_.count(), late=(_.received - _.on_time).sum(), missing=(1 - _.received).sum()
    )
    return counts.filter(_.late + _.missing >= least)


@lru_cache(maxsize=QUESTIONS_KEPT)
def by_channel(year: int, *, todays: bool = False) -> Table:
    """Each channel in a year: how often it was used by how many units, and how many people it reached where that is known."""
    inside = _of_owners(ACTIVITIES).filter(_.done_on.year() == year)
    units = _.unit_now if todays else _.unit
    return inside.group_by(channel=_.channel).agg(
        times=_.times.sum(), units=units.nunique(), audience=_.audience.fill_null(0).sum()
    )


@lru_cache(maxsize=QUESTIONS_KEPT)
def changed() -> Table:
    """How many returns are told of other units now than when they were owed."""
    moved = _of_owners(DUTIES).filter((_.unit != _.unit_now) | (_.branch != _.branch_now))
    return moved.agg(duties=_.count())
