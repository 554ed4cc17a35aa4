"""What the reader found is entered: into the letter's columns, and as references to other letters."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lachan.engine.letters.marks import circulation, urgency
from lachan.engine.vietnamese import fold
from lachan.foundation import audit
from lachan.letters import reader
from lachan.letters.models import Letter, Reference
from lachan.letters.reading import Mentioned, Reading, date_of, to_json
from lachan.orgs.models import Person

_LINES = {"issuer": 300, "issuer_parent": 300, "symbol": 80, "place": 100, "signer_name": 200, "signer_title": 300}


@transaction.atomic
def enter_reading(letter: Letter, text: str, *, by: Person | None, now: datetime) -> Letter:
    """Read `text` and keep what was found. The letter is then read and waits for a person to check it."""
    reading = reader.read(text)
    letter.text, letter.reading, letter.state = text, to_json(reading), Letter.State.READ
    letter.trouble = ""
    _fill(letter, reading)
    letter.save()
    letter.references.all().delete()
    Reference.objects.bulk_create(_reference(letter, one) for one in reading.mentioned)
    link_references(letter)
    audit.record("letters.read", letter, by=by, now=now, detail={"tasks": len(reading.tasks)})
    return letter


def _fill(letter: Letter, reading: Reading) -> None:
    letter.doc_type = (reading.fact("doc_type") or "công văn")[:60]
    for name, longest in _LINES.items():
        setattr(letter, name, reading.fact(name)[:longest])
    number = reading.fact("number")
    letter.number = int(number) if number.isdecimal() and len(number) < 7 else None
    letter.dated_on = reading.day("date")
    letter.likely_on = reading.likely_day()
    letter.abstract = reading.fact("abstract")
    letter.urgency, letter.circulation = urgency(letter.text), circulation(letter.text)


def _reference(letter: Letter, one: Mentioned) -> Reference:
    return Reference(
        letter=letter, doc_type=one.doc_type[:60], symbol=one.symbol[:120], dated_on=date_of(one.day), title=one.title
    )


def link_references(letter: Letter) -> None:
    """Lead each reference to the letter it names, where that is in the book of the holder or of a unit above it.

    The other way round too: what is already here and names this letter now leads to it.
    """
    books = [letter.holder_id, *letter.holder.version_on(letter.day).ancestor_keys]
    for reference in letter.references.filter(target=None).exclude(symbol=""):
        reference.target = _find(reference, books)
        if reference.target:
            reference.save(update_fields=["target"])
    if letter.number and letter.symbol:
        naming = Reference.objects.filter(target=None, symbol__in=_spellings(letter)).exclude(letter=letter)
        naming.filter(Q(dated_on=None) | Q(dated_on=letter.dated_on)).filter(letter__holder=letter.holder_id).update(
            target=letter
        )


def _find(reference: Reference, books: list[int]) -> Letter | None:
    number, _slash, symbol = reference.symbol.partition("/")
    if not number.isdecimal():
        return None
    known = Letter.objects.filter(holder__in=books, number=int(number)).exclude(pk=reference.letter_id)
    if reference.dated_on:
        known = known.filter(Q(dated_on=reference.dated_on) | Q(dated_on=None))
    same = [one for one in known.exclude(state=Letter.State.DRAFT) if fold(one.symbol) == fold(symbol)]
    return same[0] if len(same) == 1 else None


def _spellings(letter: Letter) -> set[str]:
    return {letter.full_symbol, f"{letter.number}/{letter.symbol}"}
