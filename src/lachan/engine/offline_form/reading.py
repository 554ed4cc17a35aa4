"""A filled file in, its answers out: those that its officer touched, and what is wrong with them, cell by cell."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lachan.engine.answers import Column, Fault, Kind, check, rows_as_text
from lachan.engine.drafts import mark_of
from lachan.engine.letters.files import archive as zips
from lachan.engine.letters.files import unreadable as files
from lachan.engine.offline_form import sentences
from lachan.engine.offline_form.form import Ask, OfflineForm, plain, plain_cell
from lachan.engine.offline_form.found import Found, FoundCell
from lachan.engine.offline_form.from_docx import Document
from lachan.engine.offline_form.from_xlsx import Book
from lachan.engine.offline_form.refusals import NotTaken, Reason, Said
from lachan.engine.offline_form.stamp import refuse_unless_of, unsealed
from lachan.engine.tables.unreadable import Unreadable

_OLE = b"\xd0\xcf\x11\xe0"
MOST_OCTETS = 10 * 10**6


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be counted as it is; `key` names the answer, `sentence` says where, what, and what to write."""

    key: str
    sentence: Said


@dataclass(frozen=True)
class FilledIn:
    """`typed`: by key, the answers that are not as the file showed them when made, as of `revision`; blank for one taken out."""

    revision: int
    typed: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_filled(data: bytes, form: OfflineForm, secret: bytes) -> FilledIn:
    """Read a file made of `form`, whoever saved it since. Raises NotTaken for any other file.

    Wrong numbers are among `typed` as they stand, like on a page; what a spreadsheet itself broke is told and left out.
    """
    book = _opened(data)
    stamp = unsealed(book.hidden_words(), secret)
    refuse_unless_of(stamp, form)
    asks = {ask.key: ask for ask in form.asks()}
    if not set(stamp.keys) <= asks.keys():
        raise NotTaken(Reason.OTHERS_PART)
    found = book.found(form.only(stamp.keys), stamp.places)
    typed = {key: plain(asks[key], text) for key, text in _texts(found, asks).items()}
    touched = {key: text for key, text in typed.items() if (mark_of(text) if text else None) != stamp.marks.get(key)}
    return FilledIn(stamp.revision, touched, tuple(_problems(found, asks, touched)))


def _opened(data: bytes) -> Book | Document:
    """The file by what is in it, never by its name."""
    if len(data) > MOST_OCTETS:
        raise NotTaken(Reason.TOO_LARGE)
    if data.startswith(_OLE):
        raise NotTaken(Reason.OLD)
    try:
        parts = zips.open_archive(data).namelist()
        if "word/document.xml" in parts:
            return Document.opened(data)
        return Book.opened(data)
    except (files.Unreadable, Unreadable, zipfile.BadZipFile):
        raise NotTaken(Reason.UNREADABLE) from None


def _texts(found: Found, asks: Mapping[str, Ask]) -> dict[str, str]:
    """The answers as typed, by key. One that a spreadsheet broke is left out, and so is a list with such a cell."""
    texts = {key: cell.text for key, cell in found.cells.items() if not cell.trouble}
    for key, rows in found.lists.items():
        filled = _filled(asks[key], rows)
        if not any(cell.trouble for row in filled for cell in row.values()):
            typed = [{name: cell.text for name, cell in row.items()} for row in filled]
            texts[key] = rows_as_text(asks[key].columns, typed)
    return texts


def _filled(ask: Ask, rows: Sequence[Mapping[str, FoundCell]]) -> list[Mapping[str, FoundCell]]:
    """The rows of a list in which something stands."""
    return [row for row in rows if any(_says(one, row[one.key]) for one in ask.columns)]


def _says(column: Column, cell: FoundCell) -> bool:
    return bool(cell.trouble or plain_cell(column.kind, cell.text))


def _problems(found: Found, asks: Mapping[str, Ask], touched: Mapping[str, str]) -> list[Problem]:
    """What is wrong in the file, in the order of the form."""
    faults: dict[str, list[Fault]] = {}
    for fault in check([asks[key].asked for key in touched], touched).faults:
        faults.setdefault(fault.key, []).append(fault)
    problems: list[Problem] = []
    for key, ask in asks.items():
        rows = _filled(ask, found.lists.get(key, ()))
        cells = [(one.label, row[one.key]) for row in rows for one in ask.columns]
        if key in found.cells:
            cells = [(ask.text, found.cells[key])]
        problems += [Problem(key, sentences.broken(cell, cell.trouble, name)) for name, cell in cells if cell.trouble]
        problems += [Problem(key, _told(found, ask, rows, fault)) for fault in faults.get(key, ())]
    return problems


def _told(found: Found, ask: Ask, rows: Sequence[Mapping[str, FoundCell]], fault: Fault) -> Said:
    if ask.kind is not Kind.ROWS:
        return sentences.wrong(found.cells[ask.key], ask.text, ask.kind, fault)
    if fault.row is None:
        return sentences.too_many(ask.text, len(rows))
    column = next(one for one in ask.columns if one.key == fault.column)
    return sentences.wrong(rows[fault.row][column.key], column.label, column.kind, fault)
