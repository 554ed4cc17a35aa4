"""From the text of an official document to the letter it is."""

import re
from collections.abc import Sequence

from lachan.engine.letters.citations import references
from lachan.engine.letters.contacts import contacts
from lachan.engine.letters.dates import When
from lachan.engine.letters.deadlines import deadlines, timeline
from lachan.engine.letters.form import form
from lachan.engine.letters.found import Found
from lachan.engine.letters.issuer import from_authority, issuer
from lachan.engine.letters.landmarks import ANNEX, COPIES, is_loose
from lachan.engine.letters.letter import Letter
from lachan.engine.letters.masthead import Masthead, masthead, tidy_symbol
from lachan.engine.letters.periods import period
from lachan.engine.letters.pieces import Piece, pieces
from lachan.engine.letters.recipients import Entries, copies, recipients
from lachan.engine.letters.restore import Restorer
from lachan.engine.letters.signature import Signature, run_on, signature
from lachan.engine.letters.source import Source, bare, source
from lachan.engine.letters.subject import Subject, subject
from lachan.engine.letters.targets import targets
from lachan.engine.letters.tasks import counts_tasks, tasks


def read(text: str) -> Letter:
    """Read `text`, the words of a document as extracted from its file: any text, in time that grows with its length.

    Never raises; what is not found is None. Spans are places in `text` as given.
    """
    src = source(text)
    signs = masthead(src)
    found = pieces(src, [*signs.cuts, *run_on(src)])
    loose = is_loose(found)
    about = subject(src, signs, found, loose=loose)
    kind = about.kind.value if about.kind else None
    addressed = recipients(src, found, kind, loose=loose)
    body = max(_after(addressed, 0), about.ends if about.ends < len(found) else 0)
    signed = signature(src, found, after=body)
    copied = copies(src, found)
    own, above = _issuer(src, signs, found, about)
    number, symbol, when = _own_signs(src, signs, kind)
    written = when.value if when else None
    line = timeline(src, signs.cuts)
    due = deadlines(src, line, written, found[body].start if body < len(found) else 0)
    end = _body_end(found, body, signed, copied)
    made, sure = tasks(src, found, body, end, due)
    count = (
        Found(len(made), tuple(span for task in made for span in task.spans), sure)
        if made and counts_tasks(kind)
        else None
    )
    mender = Restorer(src)
    return Letter(
        doc_type=about.kind,
        issuer=mender.mend(own),
        issuer_parent=mender.mend(above),
        number=number,
        symbol=symbol,
        place=mender.mend(signs.place, lead=2),
        date=when,
        abstract=mender.mend(about.abstract),
        recipients=mender.mend_all(addressed.entries) if addressed else (),
        references=references(src, _own(number, symbol), signs.cuts),
        period=period(src, line, written, kind, about.abstract.value if about.abstract else ""),
        deadlines=due,
        tasks_count=count,
        tasks=made,
        targets=targets(src, kind),
        contacts=contacts(src),
        signer_name=signed.name if signed else None,
        signer_title=mender.mend(signed.title) if signed else None,
        copies=copied.entries if copied else (),
        form=form(src, found, max(end, _after(addressed, 0))),
    )


def _after(entries: Entries | None, otherwise: int) -> int:
    return entries.ends if entries else otherwise


def _issuer(
    src: Source, signs: Masthead, found: Sequence[Piece], about: Subject
) -> tuple[Found[str] | None, Found[str] | None]:
    own, above = issuer(src, signs, found)
    if own is None and about.ruling is not None:
        return from_authority(src, about.ruling), None
    return own, above


_ENCLOSED = re.compile(
    r"\((?:ban hanh\s)?kem theo\s(?P<kind>quyet dinh|ke hoach|cong van|nghi quyet|thong bao|to trinh|"
    r"huong dan)\sso\s?:?[\s.…_]{0,40}(?P<number>\d{1,5})?[\s.…_]{0,40}/\s?"
)


def _own_signs(
    src: Source, signs: Masthead, kind: str | None
) -> tuple[Found[str] | None, Found[str] | None, Found[When] | None]:
    """Number, symbol and date; where the head lacks them, as an enclosure names its covering decision."""
    if signs.symbol is not None or signs.number is not None:
        return signs.number, signs.symbol, signs.date
    for match in _ENCLOSED.finditer(src.bare):
        symbol = re.compile(r"[A-ZĐ][A-Za-zĐ&]*(?:\s?[-/]\s?[A-ZĐ][A-Za-zĐ&]*)*").match(src.text, match.end())
        if symbol and kind and match["kind"] == _bare_kind(kind):
            number = Found(match["number"], (src.span(*match.span("number")),), 0.6) if match["number"] else None
            return number, Found(tidy_symbol(symbol[0]), (src.span(*symbol.span()),), 0.6), signs.date
    return None, None, signs.date


def _bare_kind(kind: str) -> str:
    return bare(kind)


def _own(number: Found[str] | None, symbol: Found[str] | None) -> str | None:
    return f"{number.value}/{symbol.value}" if number and symbol else None


def _body_end(found: Sequence[Piece], body: int, signed: Signature | None, copied: Entries | None) -> int:
    """Where the body ends: at its closing mark, the copy list, the signature or an annex, whichever comes first after it began."""
    marks = [len(found)]
    marks += [place + 1 for place in range(body, len(found)) if found[place].text.rstrip(' "”').endswith("./.")][:1]
    marks += [place for place in range(body, len(found)) if COPIES.match(found[place].bare)][:1]
    marks += [
        place for place in range(body + 2, len(found)) if ANNEX.match(found[place].bare) and len(found[place].text) < 60
    ][:1]
    if signed and signed.at > body + 1:
        marks.append(signed.at)
    if copied and copied.begins > body:
        marks.append(copied.begins)
    return min(marks)
