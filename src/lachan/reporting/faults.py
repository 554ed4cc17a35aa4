"""What is wrong with an answer, as a sentence for the officer who typed it."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from lachan.engine.answers import LONGEST_TEXT, MOST_ROWS, Fault
from lachan.engine.checks import Check, Relation
from lachan.engine.vietnamese import NumberProblem, write_number
from lachan.foundation import formats
from lachan.reporting.models import Question

_LONGEST_NAME = 90
_LONGEST_QUOTE = 60


def sentence(fault: Fault, question: Question) -> str:
    """Which answer, what is wrong with it, and what to write instead."""
    words = {"name": _name(fault, question), "typed": _cut(fault.typed, _LONGEST_QUOTE)}
    say = _SENTENCES.get(fault.reason, _not_a_number)
    return say(fault, question) % words


def broken_sentence(check: Check, questions: Mapping[str, Question]) -> str:
    """What a check that is not met says: the author's own sentence, else one by its relation. `questions` by key."""
    if check.sentence:
        return check.sentence
    first, *others = (f"“{_cut(questions[key].text, _LONGEST_NAME)}”" for key in check.keys)
    says = {
        Relation.AT_MOST: _("%(first)s không được lớn hơn %(others)s."),
        Relation.SUM: _("%(first)s phải bằng tổng của %(others)s."),
        Relation.DESCRIBE: _("%(first)s lớn hơn 0 thì cần ghi cả %(others)s."),
        Relation.WITHIN: _("%(first)s %(limits)s."),
    }
    return says[check.relation] % {"first": first, "others": ", ".join(others), "limits": _limits(check)}


def _limits(check: Check) -> str:
    low, high = (formats.number(limit) if limit is not None else "" for limit in (check.minimum, check.maximum))
    words = {"low": low, "high": high}
    if low and high:
        return _("thường từ %(low)s đến %(high)s") % words
    return _("thường từ %(low)s trở lên") % words if low else _("thường không quá %(high)s") % words


def _name(fault: Fault, question: Question) -> str:
    """The question, and in a list which cell: "Danh sách lớp tập huấn, dòng 2, cột Số người"."""
    name = _cut(question.text, _LONGEST_NAME)
    if fault.row is None:
        return name
    label = next((column.label for column in question.list_columns if column.key == fault.column), "")
    return _("%(name)s, dòng %(row)s, cột %(column)s") % {"name": name, "row": fault.row + 1, "column": label}


def choices(fault: Fault, question: Question) -> list[Decimal]:
    """What an ambiguous number may have meant, among what the question takes."""
    readings = fault.number.readings if fault.number and fault.reason == NumberProblem.AMBIGUOUS else ()
    whole = _kind(fault, question) == Question.Kind.WHOLE
    return [reading for reading in readings if not whole or reading % 1 == 0]


def _missing(fault: Fault, question: Question) -> str:
    if fault.row is not None:
        return _("Ô “%(name)s” chưa điền.")
    if question.is_number:
        return _("Ô “%(name)s” chưa điền. Nếu không phát sinh, ghi 0.")
    return _("Phần “%(name)s” chưa viết. Nếu không có nội dung, ghi “Không có”.")


def _not_a_number(fault: Fault, question: Question) -> str:
    if _kind(fault, question) == Question.Kind.DECIMAL:
        return _("Ô “%(name)s” cần là số từ 0 trở lên, ví dụ 12,5. Anh/chị đã nhập “%(typed)s”.")
    return _("Ô “%(name)s” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “%(typed)s”.")


def _ambiguous(fault: Fault, question: Question) -> str:
    readings = [write_number(reading) for reading in (fault.number.readings if fault.number else ())]
    ask = _("Ô “%(name)s”: số “%(typed)s” có thể hiểu là {readings}. Chọn số đúng ngay dưới ô này, hoặc nhập lại.")
    return ask.format(readings=_(" hoặc ").join(readings))


def _too_long(fault: Fault, question: Question) -> str:
    if _kind(fault, question) != Question.Kind.TEXT:
        return _("Ô “%(name)s” nhận tối đa 15 chữ số. Anh/chị đã nhập “%(typed)s”.")
    told = _("Phần “%(name)s” dài {length} ký tự, tối đa {most} ký tự. Rút gọn rồi gửi lại.")
    return told.format(length=formats.number(len(fault.typed)), most=formats.number(LONGEST_TEXT))


def _not_a_choice(fault: Fault, question: Question) -> str:
    listed = next((one.choices for one in question.list_columns if one.key == fault.column), question.choices)
    told = _("Ô “%(name)s” chọn một trong: {choices}. Anh/chị đã nhập “%(typed)s”.")
    return told.format(choices="; ".join(listed).replace("%", "%%"))


def _too_many_rows(fault: Fault, question: Question) -> str:
    return _("Danh sách “%(name)s” có {rows} dòng, tối đa {most} dòng.").format(rows=fault.typed, most=MOST_ROWS)


def _kind(fault: Fault, question: Question) -> str:
    """Of the question, or of the column of its list that is at fault."""
    return next((column.kind for column in question.list_columns if column.key == fault.column), question.kind)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


_SENTENCES: dict[str, Callable[[Fault, Question], str]] = {
    "missing": _missing,
    NumberProblem.EMPTY: _missing,
    NumberProblem.AMBIGUOUS: _ambiguous,
    "too_long": _too_long,
    "too_many_rows": _too_many_rows,
    "not_a_choice": _not_a_choice,
}
