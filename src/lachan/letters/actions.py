"""What is done to letters: a unit's own are drafted, numbered in its register and issued; the reading of one from elsewhere is
corrected. Those from elsewhere come in by `receiving`."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.letters import numbering
from lachan.letters.models import Letter, Reference
from lachan.orgs.models import Person, Unit


@dataclass(frozen=True)
class Content:
    """What an issued letter says, in the parts the layout knows. Texts are plain; one paragraph a line."""

    recipients: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    body: str = ""
    authority: list[str] = field(default_factory=list)  # "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
    copies: list[str] = field(default_factory=list)
    annex_title: str = ""  # the report form that goes with the letter; none: no annex
    annex_rows: list[list[str]] = field(default_factory=list)  # what is asked, unit it is counted in, who answers
    annex_tables: list[dict[str, Any]] = field(
        default_factory=list
    )  # its tables: title, columns, rows, headings of rows
    decided_by: str = ""  # of a quyết định: who decides, in the line above the bases
    also_sign: list[list[str]] = field(
        default_factory=list
    )  # others who sign: title lines joined by " / ", name, agency
    laid_out_at: str = ""  # the page that has its files, when another part lays them out: a consolidated report


def content_of(letter: Letter) -> Content:
    """What a letter of our own says. Parts that a later version may have added to the column are passed over."""
    known = {one.name for one in fields(Content)}
    return Content(**{name: value for name, value in letter.content.items() if name in known})


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
    urgency: str = ""  # Letter.Urgency
    circulation: str = ""  # Letter.Circulation


@transaction.atomic
def issue(
    *, holder: Unit, heading: Heading, content: Content, refers_to: Letter | None, by: Person, now: datetime
) -> Letter:
    """Enter a unit's own letter in its register and issue it. Refused when the wished number is taken in that year."""
    number = numbering.take(holder, heading.dated_on.year, heading.number)
    Letter.objects.filter(holder=holder, state=Letter.State.DRAFT, passes_on=refers_to).exclude(passes_on=None).delete()
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
        refer(letter, refers_to)
    audit.record("letters.issue", letter, by=by, now=now, detail={"symbol": letter.full_symbol, "holder": holder.code})
    return letter


def refer(letter: Letter, to: Letter) -> Reference:
    """Note that `letter` names the letter `to`, which is here."""
    return Reference.objects.create(
        letter=letter,
        doc_type=to.doc_type,
        symbol=to.full_symbol,
        dated_on=to.dated_on,
        title=to.abstract,
        target=to,
    )


@transaction.atomic
def draft(*, holder: Unit, heading: Heading, content: Content, passes_on: Letter, by: Person, now: datetime) -> Letter:
    """The unit's own letter handing `passes_on` down, as it stands before it is issued; it has no number and is in no book.

    There is one for each letter: drafted again, it is written over. `issue` puts the issued letter in its place.
    """
    letter, created = Letter.objects.update_or_create(
        holder=holder,
        passes_on=passes_on,
        state=Letter.State.DRAFT,
        defaults={**asdict(heading), "direction": Letter.Direction.ISSUED, "content": asdict(content)},
        create_defaults={
            **asdict(heading),
            "direction": Letter.Direction.ISSUED,
            "content": asdict(content),
            "holder": holder,
            "passes_on": passes_on,
            "state": Letter.State.DRAFT,
            "entered_by": by,
            "entered_at": now,
        },
    )
    audit.record("letters.draft", letter, by=by, now=now, detail={"new": created, "passes_on": passes_on.pk})
    return letter


@dataclass(frozen=True)
class Facts:
    """What a received letter says of itself, as a person has checked it."""

    doc_type: str
    issuer: str
    issuer_parent: str
    number: int | None
    symbol: str
    place: str
    dated_on: date | None
    abstract: str
    signer_name: str
    signer_title: str
    urgency: str
    circulation: str

    @classmethod
    def of(cls, letter: Letter) -> "Facts":
        return cls(**{one.name: getattr(letter, one.name) for one in fields(cls)})


@transaction.atomic
def correct(letter: Letter, *, facts: Facts, by: Person, now: datetime) -> Letter:
    """Put right what was read from a received letter, and count it as checked. What the reader found stays beside it.

    Refused for a letter the unit issued: that one stands as it was sent.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.direction != Letter.Direction.RECEIVED:
        raise Refused(_("Văn bản đã phát hành thì không sửa được nữa."))
    before, after = asdict(Facts.of(letter)), asdict(facts)
    if before == after and letter.state == Letter.State.CHECKED:
        return letter
    for name, value in after.items():
        setattr(letter, name, value)
    letter.state = Letter.State.CHECKED
    letter.save()
    changed = sorted(name for name in after if before[name] != after[name])
    audit.record("letters.correct", letter, by=by, now=now, detail={"changed": changed})
    return letter
