"""Numbers, dates and sizes in words, in the language of the page. Django reads `vi/` and `en/` beside this.

USE_THOUSAND_SEPARATOR stays off, so that `{{ id }}` in a link is never grouped: a count meant to be read goes through `number`.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import get_language

NBSP = "\u00a0"


def _vietnamese() -> bool:
    return not (get_language() or "vi").startswith("en")


def number(value: float | Decimal, decimals: int | None = None) -> str:
    """1250 → "1.250" (vi), "1,250" (en). Trailing zeros of a fraction go, unless `decimals` says how many digits to keep."""
    if decimals is None and value == int(value):
        return grouping()(int(value))
    if decimals is None:
        text = format(Decimal(str(value)), "f")
        value = Decimal(text.rstrip("0"))
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def grouping() -> Callable[[int], str]:
    """How whole numbers are written in the language of the page: asked once by who writes a thousand of them."""
    separator = formats.get_format("THOUSAND_SEPARATOR")
    return lambda whole: f"{whole:,}".replace(",", separator)


def percent(share: float | Decimal, decimals: int = 1) -> str:
    """A share of one: 0.125 → "12,5 %". A whole percentage is written without its zero."""
    return f"{number(round(Decimal(str(share)) * 100, decimals))}{NBSP}%"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def day(value: date) -> str:
    """18/11/2024 (vi), 18 November 2024 (en). A moment gives its day in the province's time."""
    if isinstance(value, datetime):
        value = _local(value)
    return formats.date_format(value, "DATE_FORMAT")


def clock(value: datetime | time) -> str:
    """9 giờ 30, 9 giờ (vi); 09:30 (en)."""
    if isinstance(value, datetime):
        value = _local(value)
    if not _vietnamese():
        return f"{value:%H:%M}"
    return f"{value.hour}{NBSP}giờ" + (f"{NBSP}{value.minute:02}" if value.minute else "")


def moment(value: datetime) -> str:
    """9 giờ 30 ngày 18/11/2024 (vi); 09:30, 18 November 2024 (en)."""
    return f"{clock(value)} ngày {day(value)}" if _vietnamese() else f"{clock(value)}, {day(value)}"


def size(octets: int) -> str:
    """The size of a file: 940 → "1 KB", 1_250_000 → "1,2 MB"."""
    if octets < 1_000_000:
        return f"{number(max(1, round(octets / 1000)))}{NBSP}KB"
    return f"{number(round(Decimal(octets) / 1_000_000, 1))}{NBSP}MB"
