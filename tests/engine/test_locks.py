"""Figures lock by rule, and let through whom an exception names."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.locks import Kind, Rule, Span, lock_on, locks_at

DUE = datetime(2025, 3, 30, 2, tzinfo=UTC)
DAY = timedelta(days=1)
AFTER_FIVE = Rule(Kind.AFTER_DUE, days=5)

moments = st.integers(-60, 60).map(lambda hours: DUE + timedelta(hours=hours * 6))
spans = st.builds(
    lambda since, hours: Span(since, hours and since + timedelta(hours=hours)), moments, st.none() | st.integers(1, 99)
)
rules = st.builds(
    Rule,
    kind=st.sampled_from(Kind),
    days=st.integers(0, 9),
    at=moments,
    suspended=st.lists(spans, max_size=2).map(tuple),
)


def test_it_locks_from_so_many_days_after_the_due_time() -> None:
    assert lock_on([AFTER_FIVE], due=DUE, sent_up=None, now=DUE + 5 * DAY - timedelta(seconds=1)) is None
    lock = lock_on([AFTER_FIVE], due=DUE, sent_up=None, now=DUE + 5 * DAY)
    assert lock is not None
    assert lock.since == DUE + 5 * DAY


def test_what_went_up_is_locked_and_what_did_not_is_not() -> None:
    rule = Rule(Kind.SENT_UP)
    assert lock_on([rule], due=DUE, sent_up=None, now=DUE + 99 * DAY) is None
    assert lock_on([rule], due=DUE, sent_up=DUE - DAY, now=DUE - DAY) is not None


def test_the_rule_that_locked_first_is_the_one_that_is_told() -> None:
    rules = [AFTER_FIVE, Rule(Kind.AT, at=DUE + DAY)]
    lock = lock_on(rules, due=DUE, sent_up=None, now=DUE + 9 * DAY)
    assert lock is not None
    assert lock.rule.kind is Kind.AT


@given(st.lists(rules, max_size=3), st.none() | moments, st.lists(spans, max_size=3), moments)
def test_it_is_locked_exactly_when_some_rule_locks_that_is_not_suspended_and_nobody_lets_it_through(
    kept: list[Rule], sent_up: datetime | None, exceptions: list[Span], now: datetime
) -> None:
    locking = [
        rule
        for rule in kept
        if (at := locks_at(rule, due=DUE, sent_up=sent_up))
        and at <= now
        and not any(s.holds(now) for s in rule.suspended)
    ]
    lock = lock_on(kept, due=DUE, sent_up=sent_up, exceptions=exceptions, now=now)
    assert (lock is not None) == (bool(locking) and not any(one.holds(now) for one in exceptions))


@given(rules, st.none() | moments, moments, st.integers(0, 50))
def test_without_suspensions_what_is_locked_stays_locked(
    rule: Rule, sent_up: datetime | None, now: datetime, hours: int
) -> None:
    plain = Rule(rule.kind, rule.days, rule.at)
    if lock_on([plain], due=DUE, sent_up=sent_up, now=now):
        assert lock_on([plain], due=DUE, sent_up=sent_up, now=now + timedelta(hours=hours))


@given(spans, moments)
def test_an_exception_expires_by_itself(span: Span, now: datetime) -> None:
    if span.until and now >= span.until:
        assert not span.holds(now)
