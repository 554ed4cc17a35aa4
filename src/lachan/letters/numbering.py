"""Numbers of letters: given to those that go out and to those that come in, one run each per unit and year.

A number once given is never given again: a letter that is cancelled keeps it, and one reserved and then given up stays in the book.
"""

from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters.models import Arrival, Letter, LetterQuerySet, Register, ReservedNumber
from lachan.orgs.models import Person, Unit

YEARS = range(1945, 2201)  # that have a book
LONGEST_AGO = timedelta(days=366)  # between a letter's arrival and its entry in the book


def take(unit: Unit, year: int, wished: int | None) -> int:
    """The next number of the unit's register, or the wished one, which may be one it had reserved.

    Refused when the wished one was given already, and for a year that has no book. Belongs inside the transaction that issues
    the letter.
    """
    if year not in YEARS:
        raise Refused(_("Năm %(year)s của ngày văn bản không có sổ. Kiểm tra lại ngày văn bản.") % {"year": year})
    register = _locked(unit, year)
    number = wished or register.last + 1
    if wished is not None:
        _refuse_if_given(unit, year, wished)
        ReservedNumber.objects.filter(unit=unit, year=year, number=wished).delete()
    _note_last(register, number)
    return number


def numbered(unit: Unit, year: int) -> LetterQuerySet:
    """The letters that hold a number of the unit's in a year, those that were cancelled among them."""
    own = Letter.objects.filter(holder=unit, direction=Letter.Direction.ISSUED, dated_on__year=year)
    return own.exclude(number=None).exclude(state=Letter.State.DRAFT)


def skipped(unit: Unit, year: int) -> list[tuple[int, int]]:
    """The numbers up to the last one given that no letter and no reservation holds, as stretches (first, last)."""
    register = Register.objects.filter(unit=unit, year=year).first()
    held = {
        *numbered(unit, year).values_list("number", flat=True),
        *ReservedNumber.objects.filter(unit=unit, year=year).values_list("number", flat=True),
    }
    edges = sorted({*filter(None, held), 0, (register.last if register else 0) + 1})
    return [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]


@transaction.atomic
def reserve(unit: Unit, *, day: date, purpose: str, wished: int | None, by: Person, now: datetime) -> ReservedNumber:
    """Keep the next number, or the wished one, for a letter that is still to come. Refused as in `take`."""
    if not purpose.strip():
        raise Refused(_("Ghi rõ giữ số cho văn bản nào."))
    register = _locked(unit, day.year)
    number = wished or register.last + 1
    if wished is not None:
        _refuse_if_given(unit, day.year, wished)
        if ReservedNumber.objects.filter(unit=unit, year=day.year, number=wished).exists():
            raise Refused(_("Số %(number)s đã được giữ rồi.") % {"number": wished})
    _note_last(register, number)
    kept = ReservedNumber.objects.create(
        unit=unit, year=day.year, number=number, purpose=purpose.strip(), by=by, at=now
    )
    audit.record("letters.reserve_number", kept, by=by, now=now, detail={"unit": unit.code, "number": number})
    return kept


@transaction.atomic
def give_up(kept: ReservedNumber, *, because: str, by: Person, now: datetime) -> ReservedNumber:
    """Do without a reserved number. It stays in the book with the reason, and is never given again."""
    if not because.strip():
        raise Refused(_("Ghi lý do hủy số để sổ còn dấu vết."))
    kept = ReservedNumber.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if kept.given_up_at is None:
        kept.given_up_at, kept.given_up_because = now, because.strip()
        kept.save(update_fields=["given_up_at", "given_up_because"])
        audit.record("letters.give_up_number", kept, by=by, now=now, detail={"because": because.strip()})
    return kept


@transaction.atomic
def arrive(letter: Letter, *, unit: Unit, day: date, by: Person, now: datetime) -> Arrival:
    """Enter a letter in the unit's book of what came in, under the next number. It is there once, however often asked.

    Refused for a day to come, and for one longer ago than a year: its number would stand in the book of a wrong year for good.
    """
    if existing := Arrival.objects.filter(unit=unit, letter=letter).first():
        return existing
    if not localdate(now) - LONGEST_AGO <= day <= localdate(now):
        raise Refused(_("Ngày đến cần là một ngày đã qua, trong vòng một năm. Kiểm tra lại năm."))
    register = _locked(unit, day.year)
    if existing := Arrival.objects.filter(unit=unit, letter=letter).first():
        return existing
    register.last_arrival += 1
    register.save(update_fields=["last_arrival"])
    arrival = Arrival.objects.create(
        unit=unit, letter=letter, year=day.year, number=register.last_arrival, arrived_on=day
    )
    audit.record("letters.arrive", arrival, by=by, now=now, detail={"unit": unit.code, "number": arrival.number})
    return arrival


@transaction.atomic
def correct_arrival(
    arrival: Arrival, *, arrived_on: date, handled_by: str, note: str, by: Person, now: datetime
) -> Arrival:
    """Put right when a letter arrived, whom it was passed to, and the remark. The number stays."""
    if arrived_on.year != arrival.year:
        raise Refused(
            _("Số đến %(number)s thuộc sổ năm %(year)s nên ngày đến phải trong năm đó.")
            % {"number": arrival.number, "year": arrival.year}
        )
    arrival.arrived_on, arrival.handled_by, arrival.note = arrived_on, handled_by.strip(), note.strip()
    arrival.save(update_fields=["arrived_on", "handled_by", "note"])
    audit.record("letters.correct_arrival", arrival, by=by, now=now, detail={"arrived_on": arrived_on.isoformat()})
    return arrival


def _locked(unit: Unit, year: int) -> Register:
    locked = Register.objects.select_for_update(of=("self",)).filter(unit=unit, year=year)
    if (register := locked.first()) is None:
        Register.objects.bulk_create([Register(unit=unit, year=year)], ignore_conflicts=True)
        register = locked.get()
    return register


def _note_last(register: Register, number: int) -> None:
    register.last = max(register.last, number)
    register.save(update_fields=["last"])


def _refuse_if_given(unit: Unit, year: int, number: int) -> None:
    said = {"number": number, "year": year}
    if numbered(unit, year).filter(number=number).exists():
        raise Refused(
            _("Số %(number)s năm %(year)s đã cấp cho một văn bản khác. Chọn số khác, hoặc để trống để lấy số kế tiếp.")
            % said
        )
    if ReservedNumber.objects.filter(unit=unit, year=year, number=number).exclude(given_up_at=None).exists():
        raise Refused(_("Số %(number)s năm %(year)s đã hủy nên không dùng lại. Chọn số khác.") % said)
