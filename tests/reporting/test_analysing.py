"""The questions of analysis: a count by hand, and every engine giving the same answer."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from cascades import DUE, a_campaign, of, passed_on, reported
from cast import NOW, Cast
from django.utils.timezone import localdate
from fates import Fate
from reform import LATER, THEN, communes, merge, split
from scenes import Scene

from lachan.activities import actions as activities
from lachan.campaigns.models import Assignment
from lachan.engine import analysis
from lachan.engine.rates import Tally
from lachan.reporting.analysing import answers, as_of, write_files
from lachan.reporting.models import Obligation, Return
from lachan.reporting.rates import rates_by_branch, together

YEAR = DUE.year
END = date(YEAR, 12, 31)
NO_SPARK = not (find_spec("pyspark") and shutil.which("java"))
spark = pytest.param(
    "local[1]",
    marks=pytest.mark.skipif(NO_SPARK, reason="Spark runs where requirements/spark.txt and a Java are installed"),
)


@pytest.fixture
def years(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    """Two campaigns of the department this year in which everything happens, one of them due a year earlier, and activities."""
    settings.ANALYSIS_FOLDER = tmp_path / "analysis"
    chance = random.Random(3)
    fate = Fate(cast, chance)
    first, second = fate.cascade(), fate.cascade()
    Obligation.objects.filter(form__campaign=second).update(
        due_at=DUE - timedelta(days=365), received_at=DUE - timedelta(days=369)
    )
    some = Return.objects.filter(counted_for__isnull=False)
    Return.objects.filter(pk__in=some.values("pk")[:3]).update(is_empty=True)
    Return.objects.filter(pk__in=some.order_by("-pk").values("pk")[:4]).update(is_valid=False)
    debt = Obligation.objects.filter(counted=None, form__campaign=first)[:2]
    Obligation.objects.filter(pk__in=debt.values("pk")).update(excused_at=NOW, state=Obligation.State.EXCUSED)
    for at, given in enumerate(Assignment.objects.filter(campaign=first)[:6]):
        facts = activities.Facts(
            ("talk", "leaflet")[at % 2], NOW.date(), "Ở thôn", times=at + 1, audience=(None, 40)[at % 2]
        )
        activities.record(given.unit, campaign=first, facts=facts, request_key=f"{at}", by=cast.an, now=NOW)
    return first


QUESTIONS = [
    analysis.by_year(END),
    analysis.by_branch_and_month(YEAR, END),
    analysis.by_days(YEAR, END),
    analysis.by_late_unit(YEAR, END, least=1),
    analysis.by_channel(YEAR),
    analysis.by_branch_and_month(YEAR, END, todays=True),
    analysis.by_late_unit(YEAR, END, least=1, todays=True),
    analysis.by_channel(YEAR, todays=True),
]


def asked(*owners: int) -> list[Counter[tuple[tuple[str, Any], ...]]]:
    return [Counter(tuple(sorted(row.items())) for row in rows) for rows in answers(owners, THEN, *QUESTIONS)]


@pytest.mark.parametrize("engine", ["duckdb", spark])
def test_every_engine_gives_the_answers_that_the_database_gives(
    cast: Cast, years: Any, settings: Any, engine: str
) -> None:
    of_communes = a_campaign(cast.department, [cast.district], by=cast.an)
    passed_on(of(cast.district, of_communes), communes(cast)[:2], by=cast.an)
    reported(of(cast.commune, of_communes), by=cast.an)
    merge(cast, *communes(cast))
    write_files(now=LATER)
    told = {}
    for settings.ANALYSIS in ("postgresql", engine):
        told[settings.ANALYSIS] = asked(cast.department.pk, 999)
    assert told[engine] == told["postgresql"]
    assert all(told[engine])


def test_the_tallies_of_a_year_are_those_of_its_campaigns(cast: Cast, years: Any) -> None:
    write_files(now=NOW)
    (row,) = [
        row for row in answers([cast.department.pk], NOW.date(), analysis.by_year(END))[0] if row.pop("year") == YEAR
    ]
    assert Tally(**row) == together(rates_by_branch(years))
    (months,) = answers([cast.department.pk], NOW.date(), analysis.by_branch_and_month(YEAR, END))
    heads = {one.assignment: one.tally for one in rates_by_branch(years)}
    units = dict(Assignment.objects.filter(pk__in=heads).values_list("unit", "pk"))
    assert {units[row.pop("branch")]: Tally(**row) for row in months if row.pop("month")} == heads


def test_what_is_not_due_yet_is_neither_missing_nor_ahead(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.ANALYSIS_FOLDER = tmp_path
    campaign = a_campaign(cast.department, [cast.city, cast.district, cast.press], by=cast.an)
    reported(of(cast.city, campaign), by=cast.an)
    Obligation.objects.filter(assignment__unit=cast.press).update(due_at=DUE - timedelta(days=1))
    write_files(now=NOW)
    due_on = localdate(DUE)
    told = {}
    for day in (due_on - timedelta(days=1), due_on, due_on + timedelta(days=1)):
        questions = analysis.by_year(day), analysis.by_days(YEAR, day)
        [whole], days = answers([cast.department.pk], NOW.date(), *questions)
        told[day] = (whole["expected"], whole["received"], whole["not_due"], len(days))
    assert list(told.values()) == [(0, 0, 3, 0), (1, 0, 2, 0), (3, 1, 0, 1)]


def test_days_and_channels_are_counted_one_by_one(cast: Cast, years: Any) -> None:
    write_files(now=NOW)
    counted = Obligation.objects.filter(form__campaign=years, counted__isnull=False, excused_at=None)
    days = Counter((localdate(one.received_at) - localdate(one.due_at)).days for one in counted)
    came, used = answers([cast.department.pk], NOW.date(), analysis.by_days(YEAR, END), analysis.by_channel(YEAR))
    assert {row["days"]: row["returns"] for row in came} == days
    channels = {row["channel"]: row for row in used}
    assert channels["talk"] == {"channel": "talk", "times": 1 + 3 + 5, "units": 3, "audience": 0}
    assert channels["leaflet"]["audience"] == 120


def test_nothing_of_other_owners_is_told(cast: Cast, years: Any) -> None:
    write_files(now=NOW)
    assert not any(asked(cast.district.pk))
    assert not any(asked())


def test_files_are_written_when_there_are_none_or_they_are_old(cast: Cast, years: Any) -> None:
    assert as_of(NOW) == NOW
    assert as_of(NOW + timedelta(minutes=5)) == NOW
    assert as_of(NOW + timedelta(hours=3)) == NOW + timedelta(hours=3)
    assert as_of(NOW) == NOW  # the clock went back


def test_merged_units_are_told_as_one_today_and_as_they_were_then(scene: Scene, settings: Any, tmp_path: Path) -> None:
    settings.ANALYSIS_FOLDER = tmp_path
    for unit in communes(scene.cast):
        reported(of(unit, scene.campaign), by=scene.coordinator)
    new = merge(scene.cast, *communes(scene.cast))
    write_files(now=LATER)
    questions = (analysis.by_branch_and_month(YEAR, END, todays=today) for today in (False, True))
    then, now = answers([scene.campaign.owner_id], THEN, *questions)
    received = [{row["branch"]: row["received"] for row in rows if row["received"]} for rows in (then, now)]
    assert received == [{scene.cast.district.pk: 3}, {new.pk: 3}]
    assert sum(row["expected"] for row in then) == sum(row["expected"] for row in now)


def test_a_divided_unit_stands_by_itself_as_a_former_one(scene: Scene, settings: Any, tmp_path: Path) -> None:
    settings.ANALYSIS_FOLDER = tmp_path
    split(scene.cast)
    write_files(now=LATER)
    late = analysis.by_late_unit(YEAR, END, least=1, todays=True)
    told, [changed] = answers([scene.campaign.owner_id], THEN, late, analysis.changed())
    assert -scene.cast.commune.pk in {row["unit"] for row in told}
    assert changed == {"duties": 1}


def test_files_of_other_columns_are_not_read(cast: Cast, years: Any, settings: Any) -> None:
    write_files(now=NOW)
    for file in settings.ANALYSIS_FOLDER.iterdir():
        file.rename(file.with_name(f"{file.name.split('-')[0]}-00000000.parquet"))
    assert as_of(NOW + timedelta(minutes=5)) == NOW + timedelta(minutes=5)
