"""The official changes replayed on the figures of two old provinces that became one: rehearsed, made, judged and undone."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from lachan.campaigns.models import Campaign
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.actions import load_units, undo
from lachan.orgs.models import BoundaryChange, Unit, UnitVersion
from lachan.project.bench.country import EVE_MOMENT, found_country
from lachan.project.replaying import replay
from lachan.project.units_command import units
from lachan.reporting.models import Obligation, Question, Return
from lachan.reporting.todays import totals_today
from lachan.reporting.totals import figure, totals

NOW = EVE_MOMENT.replace(year=2026, month=11)
TODAY = NOW.date()
THAI_NGUYEN = ["19"]


@pytest.fixture
def campaign(db: None) -> Campaign:
    return found_country(now=NOW, questions=2, provinces=THAI_NGUYEN)


def rows() -> tuple[int, ...]:
    """How many of everything there are."""
    return tuple(one.objects.count() for one in (Unit, UnitVersion, Obligation, Return, BoundaryChange))


def test_a_rehearsal_reports_and_changes_nothing(campaign: Campaign) -> None:
    before = rows()
    report = replay(now=NOW, rehearse=True)
    assert report["totals_equal"]
    assert rows() == before


def test_every_total_is_what_it_was_and_no_row_is_lost(campaign: Campaign) -> None:
    before, entries, versions = totals(campaign, None), AuditEntry.objects.count(), UnitVersion.objects.count()
    report = replay(now=NOW)
    after, today = totals(campaign, None), totals_today(campaign, None, TODAY)
    assert today is not None
    for question in before.questions:
        whole = figure(before.whole, question)
        assert whole == figure(after.whole, question) == figure(today.totals.whole, question) is not None
    assert [one.name for one in today.totals.branches] == ["Tỉnh Thái Nguyên"]
    assert report["units"]["after"] == {"province": 1, "district": 0, "commune": 92}
    assert report["rates_above_100"] == 0
    assert AuditEntry.objects.count() > entries
    assert UnitVersion.objects.count() > versions


def test_a_merged_commune_has_the_sum_of_those_before_it(campaign: Campaign) -> None:
    replay(now=NOW)
    number = Question.objects.filter(form__campaign=campaign, measure=Question.Measure.SUM)[0]
    kha_son = Unit.objects.get(code="05953", valid_from=date(2025, 7, 1))
    olds = Return.objects.filter(counted_for__unit__successions__new=kha_son)
    assert olds.count() > 1
    province = campaign.assignments.get(unit__code="19", unit__valid_from=date(2025, 7, 1))
    today = totals_today(campaign, province, TODAY)
    assert today is not None
    assert figure(today.totals.row(kha_son.pk), number) == sum(one.values[number.key] for one in olds)


def test_the_divided_communes_wait_and_replaying_again_changes_nothing(campaign: Campaign) -> None:
    report = replay(now=NOW)
    before = rows()
    assert report["waiting"]["divided_units"] == 3
    again = replay(now=NOW)
    assert rows() == before
    assert again["waiting"] == report["waiting"]


def test_undone_everything_is_there_as_before(campaign: Campaign) -> None:
    before, owed = rows(), Obligation.objects.filter(excused_at=None).count()
    replay(now=NOW)
    for change in BoundaryChange.objects.order_by("-pk"):
        undo(change, by=None, now=NOW)
    assert rows()[:4] == before[:4]
    assert Obligation.objects.filter(excused_at=None).count() == owed
    assert UnitVersion.objects.on(TODAY).filter(kind__level="district").count() == 17


def test_where_both_trees_were_loaded_only_what_is_held_passes_on(db: None) -> None:
    load_units(by=None, now=NOW, provinces=THAI_NGUYEN)
    report = replay(now=NOW)
    assert sum(one["units_ended"] + one["units_begun"] for one in report["changes"]) == 0


def test_without_units_there_is_nothing_to_replay(db: None) -> None:
    with pytest.raises(Refused, match="Chưa có đơn vị hành chính nào"):
        replay(now=NOW)


def test_the_command_prints_the_report_and_undoes(campaign: Campaign) -> None:
    done = CliRunner().invoke(units, ["replay", "--json"], catch_exceptions=False)
    report = json.loads(done.stdout)
    assert report["totals_equal"]
    number = report["changes"][0]["change"]
    assert str(number) in CliRunner().invoke(units, ["changes"], catch_exceptions=False).stdout
    done = CliRunner().invoke(units, ["undo", str(number)], catch_exceptions=False)
    assert "trở lại như trước" in done.stdout
