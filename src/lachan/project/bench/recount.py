"""Kept figures held to a recount."""

import time
from typing import Any

from lachan.campaigns.models import Campaign
from lachan.reporting.figures import OWNER, figures
from lachan.reporting.settling import settle
from lachan.reporting.summing import kept_rows


def recount(campaign: Campaign) -> dict[str, Any]:
    """The kept figures of every branch beside the engine's fold of every return."""
    settle(campaign)
    began = time.monotonic()
    known = figures(campaign)
    kept = {key or OWNER: row for key, row in kept_rows(campaign.branch_figures.all())}
    states = [(key, question) for key in kept for question in known.totals[key].states]
    wrong = sum(kept[key].states.get(question) != known.totals[key].states[question] for key, question in states)
    wrong += sum(row.coverage != known.totals[key].coverage for key, row in kept.items())
    wrong += len({node.parent for node in known.nodes.values()} ^ kept.keys())
    return {
        "branches": len(kept),
        "figures": len(states),
        "different": wrong,
        "seconds": round(time.monotonic() - began, 1),
    }
