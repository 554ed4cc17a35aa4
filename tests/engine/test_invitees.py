"""Pasted lists of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.invitees import Fault, invitee_rows

ROLES = {"cán bộ phụ trách": "officer", "thủ trưởng": "head"}


@pytest.mark.parametrize(
    "line",
    [
        "Lê Thị Gấm; gam@xa.gov.vn; thủ trưởng",
        "1\tLê Thị Gấm\tThu truong\tgam@xa.gov.vn",
        "<GAM@xa.gov.vn>, Lê Thị Gấm, Thủ trưởng",
    ],
)
def test_a_line_is_read_in_any_order(line: str) -> None:
    [row] = invitee_rows(line, ROLES)
    assert (row.name, row.email, row.role, row.fault) == ("Lê Thị Gấm", "gam@xa.gov.vn", "head", None)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Lê Thị Gấm; thủ trưởng", Fault.NO_ADDRESS),
        ("Lê Thị Gấm; gam@xa; thủ trưởng", Fault.BAD_ADDRESS),
        ("Lê Thị Gấm; gam@xa.gov.vn; giám đốc", Fault.NO_ROLE),
    ],
)
def test_what_is_wrong_with_a_line_is_told(line: str, fault: Fault) -> None:
    assert invitee_rows(line, ROLES)[0].fault == fault


def test_a_heading_and_empty_lines_are_no_people() -> None:
    text = "Họ và tên; Email; Vai trò\n\nGấm; gam@xa.gov.vn; thủ trưởng\n"
    assert [row.number for row in invitee_rows(text, ROLES)] == [3]


def test_the_usual_role_is_that_of_lines_without_one() -> None:
    assert invitee_rows("Gấm; gam@xa.gov.vn", ROLES, "officer")[0].role == "officer"


def test_the_same_person_twice_in_one_role_is_told() -> None:
    rows = invitee_rows("Gấm; gam@xa.gov.vn; thủ trưởng\nGấm; GAM@xa.gov.vn; thủ trưởng", ROLES)
    assert [row.fault for row in rows] == [None, Fault.REPEATED]


@given(st.text())
def test_any_text_gives_rows_with_rising_numbers(text: str) -> None:
    numbers = [row.number for row in invitee_rows(text, ROLES)]
    assert numbers == sorted(set(numbers))
