"""What is wrong with an answer, as a sentence for the officer who typed it."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from lachan.engine.answers import LONGEST_TEXT, Fault
from lachan.engine.vietnamese import NumberProblem, write_number
from lachan.foundation import formats
from lachan.reporting.models import Question

_LONGEST_NAME = 90
_LONGEST_QUOTE = 60


def sentence(fault: Fault, question: Question) -> str:
    """Which answer, what is wrong with it, and what to write instead."""
    words = {"name": _cut(question.text, _LONGEST_NAME), "typed": _cut(fault.typed, _LONGEST_QUOTE)}
    say = _SENTENCES.get(fault.reason, _not_a_number)
    return say(fault, question) % words


def choices(fault: Fault, question: Question) -> list[Decimal]:
    """What an ambiguous number may have meant, among what the question takes."""
    readings = fault.number.readings if fault.number and fault.reason == NumberProblem.AMBIGUOUS else ()
    whole = question.kind == Question.Kind.WHOLE
    return [reading for reading in readings if not whole or reading % 1 == 0]


def _missing(fault: Fault, question: Question) -> str:
    if question.is_number:
        return _("Ô “%(name)s” chưa điền. Nếu không phát sinh, ghi 0.")
    return _("Phần “%(name)s” chưa viết. Nếu không có nội dung, ghi “Không có”.")


def _not_a_number(fault: Fault, question: Question) -> str:
    if question.kind == Question.Kind.DECIMAL:
        return _("Ô “%(name)s” cần là số từ 0 trở lên, ví dụ 12,5. Anh/chị đã nhập “%(typed)s”.")
    return _("Ô “%(name)s” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “%(typed)s”.")


def _ambiguous(fault: Fault, question: Question) -> str:
    readings = [write_number(reading) for reading in (fault.number.readings if fault.number else ())]
    ask = _("Ô “%(name)s”: số “%(typed)s” có thể hiểu là {readings}. Chọn số đúng ngay dưới ô này, hoặc nhập lại.")
    return ask.format(readings=_(" hoặc ").join(readings))


def _too_long(fault: Fault, question: Question) -> str:
    if question.is_number:
        return _("Ô “%(name)s” nhận tối đa 15 chữ số. Anh/chị đã nhập “%(typed)s”.")
    told = _("Phần “%(name)s” dài {length} ký tự, tối đa {most} ký tự. Rút gọn rồi gửi lại.")
    return told.format(length=formats.number(len(fault.typed)), most=formats.number(LONGEST_TEXT))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


_SENTENCES: dict[str, Callable[[Fault, Question], str]] = {
    "missing": _missing,
    NumberProblem.EMPTY: _missing,
    NumberProblem.AMBIGUOUS: _ambiguous,
    "too_long": _too_long,
}
