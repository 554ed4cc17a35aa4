"""Aggregate Data Exchange (IHE QRPH ADX, an XML profile of SDMX): what health information systems such as DHIS2 take in.

The elements and attributes are those of the profile's normative stylesheet (namespace urn:ihe:qrph:adx:2015; later editions keep
it): one `group` for each unit and period, one `dataValue` for each answer. Values are decimals; words go into an
`annotation` beside the value 0, a list goes as the number of its rows with the rows as annotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from lachan.engine.answers import Answer
from lachan.engine.exports.rows import About, Asked, UnitRow, value_of
from lachan.engine.layout.words import clean

NAMESPACE = "urn:ihe:qrph:adx:2015"
_MONTHS = {1: "P1M", 2: "P2M", 3: "P3M", 6: "P6M", 12: "P1Y"}


def adx(about: About, rows: Iterable[UnitRow]) -> Iterator[bytes]:
    """One ADX document, a unit after another. Units without a counted version are left out: missing is not zero."""
    exported = quoteattr(about.exported_at.isoformat(timespec="seconds"))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<adx xmlns="{NAMESPACE}" exported={exported}>\n'.encode()
    for row in rows:
        values = [_value(one, row.answers[one.key]) for one in about.asked if one.key in row.answers]
        if values:
            period = quoteattr(period_of(*row.period))
            head = f"<group orgUnit={quoteattr(row.code)} period={period} dataSet={quoteattr(about.form)}>"
            yield f"{head}\n{''.join(values)}</group>\n".encode()
    yield b"</adx>\n"


def period_of(first: date, last: date) -> str:
    """A period from its first to its last day as ISO 8601: its start and how long it is, "2025-03-01/P1M"."""
    after = last + timedelta(days=1)
    months = 12 * (after.year - first.year) + after.month - first.month
    long = _MONTHS.get(months) if after.day == first.day == 1 else None
    return f"{first.isoformat()}/{long or f'P{(after - first).days}D'}"


def _value(asked: Asked, answer: Answer) -> str:
    value = value_of(asked, answer)
    number: int | Decimal = len(answer) if isinstance(answer, list) else 0
    if asked.is_number and not isinstance(value, str) and value is not None:
        number, value = value, None
    told = f"<annotation>{escape(clean(str(value)))}</annotation>" if value else ""
    head = f"  <dataValue dataElement={quoteattr(asked.code)} value={quoteattr(f'{Decimal(number):f}')}"
    return f"{head}>{told}</dataValue>\n" if told else f"{head}/>\n"
