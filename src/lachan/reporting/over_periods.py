"""One question of a periodic report over all of its rounds, by branch and period."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from lachan.campaigns.models import Assignment, Campaign, Regime
from lachan.engine.rollup import ZERO, State
from lachan.reporting.models import BranchFigures, Obligation, Question, Unsettled
from lachan.reporting.settling import WHOLE, settle
from lachan.reporting.summing import MERGED, row_of, sums


@dataclass(frozen=True)
class OverPeriods:
    """The states of one question, by round and by the unit at the head of a branch; under `WHOLE` those of the whole round."""

    rounds: Sequence[Campaign]  # the earliest first
    names: Mapping[int, str]  # of the units, in Vietnamese order, as the last round that has them calls them
    states: Mapping[tuple[int, int], State]


def over_periods(regime: Regime, code: str) -> OverPeriods:
    """The question of that code, which it keeps from round to round. Seven queries, however many rounds and units, and settling."""
    rounds = list(regime.rounds.order_by("ends_on"))
    for changed in regime.rounds.filter(pk__in=Unsettled.objects.values("campaign")):
        settle(changed)
    tops = Assignment.objects.filter(campaign__in=rounds, parent=None).order_by("unit_sort_key", "campaign__ends_on")
    heads = list(tops.values_list("pk", "campaign", "unit", "unit_name"))
    kept = BranchFigures.objects.filter(assignment__in=[key for key, *_rest in heads])
    branches = {key for key in kept.values_list("assignment", flat=True) if key}
    names = {unit: name for _key, _campaign, unit, name in heads}
    units = {key: unit for key, _campaign, unit, _name in heads}
    states = {
        (campaign, units[assignment] if assignment else WHOLE): state
        for campaign, assignment, state in _kept(code, rounds, branches)
    }
    asked = dict(Question.objects.filter(form__campaign__in=rounds, code=code).values_list("form__campaign", "pk"))
    alone = {key: (campaign, unit) for key, campaign, unit, _name in heads if key not in branches}
    owed = Obligation.objects.filter(assignment__in=alone, excused_at=None)
    for key, row in sums(owed, F("assignment_id")).items():
        campaign, unit = alone[key]
        states[campaign, unit] = row.states.get(str(asked.get(campaign)), ZERO)
    return OverPeriods(rounds, names, states)


def _kept(
    code: str, rounds: Collection[Campaign], branches: Collection[int]
) -> Iterator[tuple[int, int | None, State]]:
    """The question's place in the kept figures of branches and of whole rounds, read by the database."""
    values = ", ".join(f"kept.{name}[place]" for name in MERGED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT kept.campaign_id, kept.assignment_id, question.id, {values} FROM reporting_branchfigures kept
                JOIN reporting_form form USING (campaign_id)
                JOIN reporting_question question ON question.form_id = form.id AND question.code = %s
                CROSS JOIN LATERAL array_position(kept.questions, question.id) AS place
                WHERE place IS NOT NULL AND kept.campaign_id = ANY(%s)
                      AND (kept.assignment_id = ANY(%s) OR kept.assignment_id IS NULL)""",  # noqa: S608 - names of our own
            [code, [one.pk for one in rounds], list(branches)],
        )
        for campaign, assignment, *part in cursor.fetchall():
            [state] = row_of([tuple(part)]).states.values()
            yield campaign, assignment, state
