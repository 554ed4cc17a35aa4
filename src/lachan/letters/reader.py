"""The reader engine as letters use it: a file in, its text out; text in, the reading as it is kept out."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lachan.engine.letters import Letter as Read
from lachan.engine.letters import read as read_text
from lachan.engine.letters.files import extract as files
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.letters.found import Found
from lachan.letters.reading import Asked, Deadline, Fact, FormRow, Mentioned, Reading, Spans

__all__ = ["Extracted", "Unreadable", "extract", "read", "read_scan"]

FACTS = (
    "doc_type",
    "issuer",
    "issuer_parent",
    "number",
    "symbol",
    "place",
    "date",
    "abstract",
    "signer_name",
    "signer_title",
)
PERSON = (
    "tên đơn vị",
    "đơn vị báo cáo",
    "ngày báo cáo",
    "người lập",
    "người báo cáo",
    "thủ trưởng đơn vị",
    "điện thoại",
    "email",
)
"""Lines of a form that say who fills it in: the system knows that, so nobody is asked."""
_NUMBER = re.compile(r"^(?:\d{1,2}|[a-hđ])[.)]\s+")
AT_ONCE = 3.0  # seconds somebody waits for a page; what takes longer is read in the background
UNCOUNTED = 0.6  # certainty of a task in a plan or decision, at most


def read(text: str) -> Reading:
    """Everything found in the text of a letter. Spans are places in `text`."""
    found = read_text(text)
    return Reading(
        facts=_facts(found),
        recipients=[_fact(one) for one in found.recipients],
        copies=[_fact(one) for one in found.copies],
        mentioned=[
            Mentioned(
                doc_type=one.value.type,
                symbol=one.value.symbol or "",
                day=_day(one.value.date),
                title=one.value.title or "",
                **_where(one),
            )
            for one in found.references
        ],
        deadlines=[
            Deadline(day=_day(one.value.date), what=_NUMBER.sub("", one.value.what), **_where(one))
            for one in found.deadlines
        ],
        tasks=[_task(one, counted=found.tasks_count is not None) for one in found.tasks],
        rows=_rows(found),
        form_title=found.form.title if found.form else "",
        form_columns=list(found.form.columns) if found.form else [],
    )


def _facts(found: Read) -> dict[str, Fact]:
    facts = {name: _fact(one) for name in FACTS if (one := getattr(found, name)) is not None}
    if found.period:
        ends = {"period_from": found.period.value.start, "period_to": found.period.value.end}
        places = found.period.spans
        for name, end, place in zip(ends, ends.values(), (places[:1], places[-1:]), strict=True):
            if end:
                facts[name] = Fact(
                    value=_day(end), spans=[list(span) for span in place], certainty=found.period.certainty
                )
    return facts


def _fact(one: Found[Any]) -> Fact:
    return Fact(value=_day(one.value), **_where(one))


def _where(one: Found[Any]) -> dict[str, Any]:
    spans: Spans = [list(span) for span in one.spans]
    return {"spans": spans, "certainty": one.certainty}


def _day(when: Any) -> str:
    """A date as ISO, as far as it is given ("2024-10"); any other value in words."""
    if isinstance(when, dict):
        return "-".join(str(when[part]).zfill(2) for part in ("year", "month", "day") if part in when)
    return "" if when is None else str(when)


def _task(one: Found[Any], *, counted: bool) -> Asked:
    """A task; the points of a plan or decision may be none, so that somebody should look."""
    days = [day for due in one.value.due if len(day := _day(due.date)) == len("2024-11-18")]
    due = days[0] if days else ""
    where = _where(one) if counted else {**_where(one), "certainty": min(one.certainty, UNCOUNTED)}
    return Asked(number=one.value.number, text=one.value.text, bodies=list(one.value.bodies), due=due, **where)


def _rows(found: Read) -> list[FormRow]:
    if found.form is None:
        return []
    asked = [one for one in found.form.questions if not one.value.lower().startswith(PERSON)]
    words = [FormRow(text=one.value, is_number=False, **_where(one)) for one in asked]
    numbers = [
        FormRow(
            text=one.value.text.rstrip(" ,;"),
            counted_in=one.value.unit or "",
            applies_to=one.value.applies_to or "",
            **_where(one),
        )
        for one in found.form.indicators
    ]
    return [*words, *numbers]


@dataclass(frozen=True)
class Extracted:
    """What is in a file. `kind` is its ending by content; a scan has no text yet: reading it off takes seconds a page."""

    kind: str
    text: str
    is_scan: bool


def extract(data: bytes, name: str) -> Extracted:
    """Look into a file, for AT_ONCE at most. Raises Unreadable, with a sentence, for what cannot or must not be read."""
    end = time.monotonic() + AT_ONCE
    try:
        found = files.extract(data, name, seconds=0, stop=lambda: time.monotonic() > end)
    except Unreadable as problem:
        if problem.reason_code not in (Reason.TIMEOUT, Reason.STOPPED):
            raise
        return Extracted(_ending(data), "", is_scan=True)
    return Extracted(_ending(data), found.text, is_scan=False)


def read_scan(data: bytes, name: str, *, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> str:
    """The text of a scan; `progress(pages read, pages)` after each page. Raises Unreadable, also when `stop()` says so."""
    return files.extract(data, name, progress=progress, stop=stop).text


def _ending(data: bytes) -> str:
    signs = {b"%PDF-": "pdf", b"PK": "docx", b"\x89PNG": "png", b"\xff\xd8": "jpg"}
    return next(
        (ending for sign, ending in signs.items() if sign in data[:1024][: 1024 if ending == "pdf" else len(sign)]),
        "txt",
    )
