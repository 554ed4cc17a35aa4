"""Numbers are given once: to letters, to reservations, to letters that came in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cast import DAY, NOW, Cast
from letters_made import HEADING, a_draft, issued

from lachan.foundation.refused import Refused
from lachan.letters import drafting, numbering
from lachan.letters.models import Arrival, Letter, Register, ReservedNumber

pytestmark = pytest.mark.django_db


def reserved(cast: Cast, wished: int | None = None) -> ReservedNumber:
    return numbering.reserve(cast.province, day=DAY, purpose="Quyết định nhân sự", wished=wished, by=cast.an, now=NOW)


def test_a_reserved_number_is_passed_over_until_a_letter_takes_it(cast: Cast) -> None:
    assert (reserved(cast).number, issued(cast).number) == (1, 2)
    assert issued(cast, heading=replace(HEADING, number=1)).number == 1
    assert not ReservedNumber.objects.exists()


def test_a_number_given_up_is_never_given_again(cast: Cast) -> None:
    numbering.give_up(reserved(cast), because="Không ban hành", by=cast.an, now=NOW)
    with pytest.raises(Refused, match="đã hủy"):
        issued(cast, heading=replace(HEADING, number=1))
    with pytest.raises(Refused, match="đã hủy"):
        reserved(cast, wished=1)
    assert issued(cast).number == 2


def test_a_number_is_reserved_once_and_for_a_purpose(cast: Cast) -> None:
    reserved(cast, wished=5)
    with pytest.raises(Refused, match="đã được giữ"):
        reserved(cast, wished=5)
    with pytest.raises(Refused, match="văn bản nào"):
        numbering.reserve(cast.province, day=DAY, purpose=" ", wished=None, by=cast.an, now=NOW)


def test_giving_up_asks_for_the_reason(cast: Cast) -> None:
    with pytest.raises(Refused, match="lý do"):
        numbering.give_up(reserved(cast), because="", by=cast.an, now=NOW)


def test_a_cancelled_letter_keeps_its_number(cast: Cast) -> None:
    letter = drafting.cancel(issued(cast), because="In sai mẫu", by=cast.an, now=NOW)
    assert (letter.state, letter.number) == (Letter.State.CANCELLED, 1)
    assert issued(cast).number == 2
    with pytest.raises(Refused, match="đã cấp"):
        issued(cast, heading=replace(HEADING, number=1))


def test_a_letter_that_units_were_given_is_not_cancelled(cast: Cast) -> None:
    letter = issued(cast)
    letter.sent_to.add(cast.district)
    with pytest.raises(Refused, match="đã gửi"):
        drafting.cancel(letter, because="Sai", by=cast.an, now=NOW)


def test_a_draft_is_not_cancelled_but_thrown_away(cast: Cast) -> None:
    with pytest.raises(Refused, match="đã có số"):
        drafting.cancel(a_draft(cast), because="Sai", by=cast.an, now=NOW)


def test_numbers_that_were_skipped_are_told_as_stretches(cast: Cast) -> None:
    issued(cast, heading=replace(HEADING, number=3))
    reserved(cast, wished=6)
    assert numbering.skipped(cast.province, DAY.year) == [(1, 2), (4, 5)]
    assert numbering.skipped(cast.district, DAY.year) == []


def test_a_letter_arrives_once_under_a_number_of_the_year(cast: Cast) -> None:
    first, second = issued(cast), issued(cast)
    days = {"unit": cast.district, "by": cast.binh, "now": NOW}
    assert [numbering.arrive(one, day=DAY, **days).number for one in (first, second, first)] == [1, 2, 1]
    in_january = {**days, "now": NOW + timedelta(days=301)}
    assert numbering.arrive(issued(cast), day=date(2026, 1, 5), **in_january).number == 1


def test_the_day_of_arrival_stays_in_the_year_of_its_number(cast: Cast) -> None:
    numbering.arrive(issued(cast), unit=cast.district, day=DAY, by=cast.binh, now=NOW)
    arrival = Arrival.objects.get()
    said = {"handled_by": "Phòng Văn hóa", "note": "", "by": cast.binh, "now": NOW}
    assert numbering.correct_arrival(arrival, arrived_on=date(2025, 3, 12), **said).handled_by == "Phòng Văn hóa"
    with pytest.raises(Refused, match="năm 2025"):
        numbering.correct_arrival(arrival, arrived_on=date(2026, 1, 1), **said)


@pytest.mark.parametrize("day", [date(25, 3, 10), date(2052, 3, 10), date(9999, 12, 31)])
def test_a_slip_in_the_year_opens_no_book_of_that_year(cast: Cast, day: date) -> None:
    with pytest.raises(Refused, match="Kiểm tra lại năm"):
        numbering.arrive(issued(cast), unit=cast.province, day=day, by=cast.an, now=NOW)
    assert not Register.objects.filter(year=day.year).exists()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_letter_of_a_year_without_a_book_is_not_issued(cast: Cast, day: date) -> None:
    draft = a_draft(cast, heading=replace(HEADING, dated_on=day))
    with pytest.raises(Refused, match="không có sổ"):
        drafting.issue_draft(draft, by=cast.an, now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (Letter.State.DRAFT, None)
