"""What the pictures of a campaign's standing say in words."""

from lachan.portal.standing_pictures import finding
from lachan.reporting.standing import Standing


def branch(name: str, overdue: int) -> Standing:
    """Four units that owe a report, some of them late with it."""
    return Standing(
        top=1, assignment=1, name=name, assigned=4, not_opened=0, not_received=0, must_pass_on=0, not_passed_on=0,
        owed=4, not_reported=overdue, overdue=overdue, excused=0, late=0, sent_back=0,
    )  # fmt: skip


def test_the_branch_with_the_most_overdue_is_named() -> None:
    said = finding([branch("Huyện Bến Đá", 1), branch("Huyện Gò Cao", 3)], branch("", 4))
    assert said == "0 trên 4 đơn vị đã báo cáo; 4 quá hạn, nhiều nhất ở Huyện Gò Cao (3)."


def test_no_branch_is_named_where_several_are_equally_late() -> None:
    said = finding([branch("Xã Bến Đá", 1), branch("Xã Gò Cao", 1)], branch("", 2))
    assert said == "2 trên 4 đơn vị đã báo cáo; 2 quá hạn."
