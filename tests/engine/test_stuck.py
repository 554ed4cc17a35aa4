"""What counts as stuck."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.stuck import PATIENCE, Branch, Holder, SentBack, Why, stuck

NOW = datetime(2025, 3, 20, 3, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


CASES = [
    ("nobody opened for two days", Branch(1, "a", ago(2), 5, 5), [(Why.UNOPENED, 5, 2)]),
    ("nobody opened since yesterday", Branch(1, "a", ago(1), 5, 5), []),
    ("one opened", Branch(1, "a", ago(9), 5, 4), []),
    ("a branch filtered empty", Branch(1, "a", ago(9), 0, 0), []),
    ("held for three days", Holder(1, "a", ago(3), 12), [(Why.HELD, 12, 3)]),
    ("held for two days", Holder(1, "a", ago(2.9), 12), []),
    ("nobody waits below", Holder(1, "a", ago(9), 0), []),
    ("sent back and silent", SentBack(1, "a", ago(4), None), [(Why.SILENT, 1, 4)]),
    ("a draft from before it was sent back", SentBack(1, "a", ago(4), ago(6)), [(Why.SILENT, 1, 4)]),
    ("being mended", SentBack(1, "a", ago(4), ago(1)), []),
]


@pytest.mark.parametrize(("case", "one", "expected"), CASES, ids=[case for case, *_ in CASES])
def test_what_is_stuck(case: str, one: Branch | Holder | SentBack, expected: list[tuple[Why, int, int]]) -> None:
    branches = [one] if isinstance(one, Branch) else []
    holders = [one] if isinstance(one, Holder) else []
    sent_back = [one] if isinstance(one, SentBack) else []
    found = stuck(branches, holders, sent_back, now=NOW)
    assert [(each.why, each.units, each.days) for each in found] == expected


def test_a_branch_nobody_opened_is_told_once() -> None:
    found = stuck([Branch(1, "a", ago(5), 9, 9)], [Holder(1, "a", ago(5), 8)], [], now=NOW)
    assert [one.why for one in found] == [Why.UNOPENED]


@given(st.lists(st.tuples(st.integers(1, 99), st.floats(0, 30)), max_size=20))
def test_what_holds_up_most_comes_first_and_nothing_is_told_before_its_time(known: list[tuple[int, float]]) -> None:
    holders = [Holder(key, f"u{key}", ago(days), waiting) for key, (waiting, days) in enumerate(known)]
    found = stuck([], holders, [], now=NOW)
    assert [one.units for one in found] == sorted((one.units for one in found), reverse=True)
    assert {one.key for one in found} == {one.key for one in holders if NOW - one.given_at >= PATIENCE[Why.HELD]}
