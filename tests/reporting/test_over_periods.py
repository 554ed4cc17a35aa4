"""One question over the rounds of a periodic report is what each round's own figures say."""

from datetime import UTC, datetime

import pytest
from cascades import of, reported
from cast import NOW, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from regimes import a_pattern, in_force

from lachan.campaigns.models import Campaign, Regime
from lachan.reporting.actions import regimes
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.over_periods import over_periods
from lachan.reporting.settling import WHOLE


@pytest.fixture
def regime(cast: Cast) -> Regime:
    """Two rounds, reported by some."""
    made = in_force(a_pattern(cast))
    regimes.give_out(made, now=datetime(2025, 4, 10, 2, tzinfo=UTC))
    for count, campaign in enumerate(made.rounds.order_by("ends_on"), 3):
        for unit in (cast.commune, cast.township, cast.ward):
            reported(campaign, unit, count * unit.pk % 7)
    return made


def number_of(campaign: Campaign) -> str:
    return campaign.form.questions.all()[0].code
