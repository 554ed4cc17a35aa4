"""How the check fares with what it has not met: samples by people who had read neither the signs nor the other samples.

Those with odd ids were never described to whoever changes the signs, so only they count. The bounds are what was reached,
with a little room, not the goal (19 lures in 20 flagged, no genuine one red, 1 in 50 amber): tighten them as it gets better."""

from samples import Sample, unseen_genuine, unseen_lures

from lachan.engine.scams import Level, check

WARN = {"warning", "advice", "news"}


def levels(samples: tuple[Sample, ...]) -> list[Level]:
    """Of the odd ones, as they would be handed in: with the sender where there is one, and told as a message or as a story."""
    odd = [sample for sample in samples if int(sample.id[-1]) % 2]
    return [check(sample.text, sender=sample.sender, kind=sample.kind).level for sample in odd]


def test_most_unseen_lures_are_red_or_amber() -> None:
    told = levels(unseen_lures())
    assert told.count(Level.NONE) <= 0.055 * len(told)


def test_unseen_genuine_ones_are_hardly_ever_red_and_seldom_amber() -> None:
    told = levels(unseen_genuine())
    assert told.count(Level.SCAM) <= 0.003 * len(told)
    assert told.count(Level.CAUTION) <= 0.033 * len(told)


def test_of_unseen_genuine_ones_only_what_repeats_a_scam_is_red() -> None:
    others = tuple(sample for sample in unseen_genuine() if sample.type not in WARN)
    assert levels(others).count(Level.SCAM) == 0
