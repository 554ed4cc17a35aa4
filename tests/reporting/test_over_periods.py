"""One question over the rounds of a periodic report is what the figures of each round say."""

from datetime import UTC, datetime

import pytest
from cascades import of, reported
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from regimes import a_pattern, in_force

from lachan.campaigns.models import Regime
from lachan.reporting.actions import regimes
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.models import Question
from lachan.reporting.over_periods import over_periods
from lachan.reporting.settling import WHOLE

APRIL = datetime(2025, 4, 10, 2, tzinfo=UTC)


@pytest.fixture
def regime(cast: Cast) -> Regime:
    """Two rounds, reported by some."""
    made = in_force(a_pattern(cast))
    regimes.give_out(made, now=APRIL)
    for campaign in made.rounds.all():
        for unit in (cast.commune, cast.ward):
            reported(of(unit, campaign), by=cast.an, now=APRIL)
    return made


def code_of(regime: Regime) -> str:
    return Question.objects.filter(form__campaign=regime.form_of_id, kind=Question.Kind.WHOLE)[0].code


def test_every_branch_of_every_round_says_what_its_figures_say(regime: Regime) -> None:
    told = over_periods(regime, code_of(regime))
    assert [one.period for one in told.rounds] == ["2025-03", "2025-04"]
    assert any(state.answers for state in told.states.values())
    for campaign in told.rounds:
        known = figures(campaign)
        question = campaign.form.questions.get(code=code_of(regime))
        heads = {node.unit: node.assignment for node in known.children(OWNER)}
        assert heads.keys() == told.names.keys()
        for unit, at in [*heads.items(), (WHOLE, OWNER)]:
            assert told.states[campaign.pk, unit] == known.state(at, question)


def test_what_is_settled_is_read_in_seven_queries(regime: Regime) -> None:
    code = code_of(regime)
    over_periods(regime, code)
    with CaptureQueriesContext(connection) as captured:
        over_periods(regime, code)
    assert len(captured) == 7
