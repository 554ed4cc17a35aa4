"""Checks between the answers of a form."""

from decimal import Decimal

import pytest

from lachan.engine.checks import Check, Relation, Severity, broken

AT_MOST = Check(Relation.AT_MOST, ("part", "whole"))
SUM = Check(Relation.SUM, ("total", "a", "b"))
DESCRIBE = Check(Relation.DESCRIBE, ("cases", "which"))
WITHIN = Check(Relation.WITHIN, ("n",), minimum=Decimal(2), maximum=Decimal(5))

CASES = [
    (AT_MOST, {"part": 3, "whole": 3}, True),
    (AT_MOST, {"part": "3.5", "whole": 3}, False),
    (AT_MOST, {"part": 3}, True),  # missing is not zero
    (SUM, {"total": 5, "a": 2, "b": 3}, True),
    (SUM, {"total": 5, "a": 2, "b": "3.1"}, False),
    (SUM, {"total": 5, "a": 2}, True),
    (DESCRIBE, {"cases": 0}, True),
    (DESCRIBE, {"cases": 2}, False),
    (DESCRIBE, {"cases": 2, "which": "hai vụ"}, True),
    (DESCRIBE, {"cases": [{"a": "x"}]}, False),  # a list counts its rows
    (WITHIN, {"n": 2}, True),
    (WITHIN, {"n": 1}, False),
    (WITHIN, {"n": "5.1"}, False),
    (WITHIN, {"n": [{}, {}, {}]}, True),
]


@pytest.mark.parametrize(("check", "values", "is_met"), CASES)
def test_a_check_is_met_or_not(check: Check, values: dict[str, object], is_met: bool) -> None:
    assert (broken([check], values, check.keys) == ()) == is_met


def test_a_check_on_something_the_unit_is_not_asked_is_passed_over() -> None:
    assert broken([AT_MOST], {"part": 9, "whole": 1}, ["part"]) == ()


def test_a_check_is_kept_as_plain_values() -> None:
    check = Check(Relation.SUM, ("total", "a"), Severity.ASK, "Tổng chưa khớp.")
    assert Check.from_json(check.to_json()) == check
