"""What is done to letters a unit issues: numbered in its register and issued. Received ones come in by `receiving`."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters.models import Letter, Reference, Register
from lachan.orgs.models import Person, Unit


@dataclass(frozen=True)
class Content:
    """What an issued letter says, in the parts the layout knows. Texts are plain; one paragraph a line."""

    recipients: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    body: str = ""
    authority: list[str] = field(default_factory=list)  # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
    copies: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    """What stands above the body of an issued letter, and who signs below it."""

    doc_type: str
    issuer: str
    issuer_parent: str
    symbol: str
    place: str
    abstract: str
    signer_name: str
    signer_title: str
    dated_on: date
    number: int | None = None  # None: the next free one in the unit's register


@transaction.atomic
def issue(
    *, holder: Unit, heading: Heading, content: Content, refers_to: Letter | None, by: Person, now: datetime
) -> Letter:
    """Enter a unit's own letter in its register and issue it. Refused when the wished number is taken in that year."""
    number = _take_number(holder, heading.dated_on.year, heading.number)
    letter = Letter.objects.create(
        holder=holder,
        direction=Letter.Direction.ISSUED,
        state=Letter.State.ISSUED,
        **{**asdict(heading), "number": number},
        content=asdict(content),
        entered_by=by,
        entered_at=now,
    )
    if refers_to is not None:
        Reference.objects.create(
            letter=letter,
            doc_type=refers_to.doc_type,
            symbol=refers_to.full_symbol,
            dated_on=refers_to.dated_on,
            title=refers_to.abstract,
            target=refers_to,
        )
    audit.record("letters.issue", letter, by=by, now=now, detail={"symbol": letter.full_symbol, "holder": holder.code})
    return letter


def _take_number(unit: Unit, year: int, wished: int | None) -> int:
    Register.objects.get_or_create(unit=unit, year=year)
    register = Register.objects.select_for_update(of=("self",)).get(unit=unit, year=year)
    number = wished or register.last + 1
    if wished is not None and _is_taken(unit, year, wished):
        raise Refused(
            _("Số %(number)s năm %(year)s đã cấp cho một văn bản khác. Chọn số khác, hoặc để trống để lấy số kế tiếp.")
            % {"number": wished, "year": year}
        )
    register.last = max(register.last, number)
    register.save(update_fields=["last"])
    return number


def _is_taken(unit: Unit, year: int, number: int) -> bool:
    issued = Letter.objects.filter(holder=unit, direction=Letter.Direction.ISSUED, state=Letter.State.ISSUED)
    return issued.alias(year=ExtractYear("dated_on")).filter(year=year, number=number).exists()
