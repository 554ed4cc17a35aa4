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
    readings = [write_number(reading) for reading in (fault.number.readings if fault.number else ())]
    listed = next((one.choices for one in question.list_columns if one.key == fault.column), question.choices)
    return SENTENCES[_which(fault, question)]() % {
        "name": _name(fault, question),
        "typed": _cut(fault.typed, _LONGEST_QUOTE),
        "readings": SENTENCES["or"]().join(readings),
        "length": formats.number(len(fault.typed)),
        "most": formats.number(LONGEST_TEXT),
        "rows": MOST_ROWS,
        "choices": "; ".join(listed),
    }


SENTENCES: dict[str, Callable[[], str]] = {
    "cell": lambda: _("%(name)s, dòng %(row)s, cột %(column)s"),
    "or": lambda: _(" hoặc "),
    "missing_cell": lambda: _("Ô “%(name)s” chưa điền."),
    "missing_number": lambda: _("Ô “%(name)s” chưa điền. Nếu không phát sinh, ghi 0."),
    "missing_words": lambda: _("Phần “%(name)s” chưa viết. Nếu không có nội dung, ghi “Không có”."),
    "decimal": lambda: _("Ô “%(name)s” cần là số từ 0 trở lên, ví dụ 12,5. Anh/chị đã nhập “%(typed)s”."),
    "whole": lambda: _("Ô “%(name)s” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “%(typed)s”."),
    "ambiguous": lambda: _(
        "Ô “%(name)s”: số “%(typed)s” có thể hiểu là %(readings)s. Chọn số đúng ngay dưới ô này, hoặc nhập lại."
    ),
    "long_number": lambda: _("Ô “%(name)s” nhận tối đa 15 chữ số. Anh/chị đã nhập “%(typed)s”."),
    "long_words": lambda: _("Phần “%(name)s” dài %(length)s ký tự, tối đa %(most)s ký tự. Rút gọn rồi gửi lại."),
    "not_a_choice": lambda: _("Ô “%(name)s” chọn một trong: %(choices)s. Anh/chị đã nhập “%(typed)s”."),
    "too_many_rows": lambda: _("Danh sách “%(name)s” có %(typed)s dòng, tối đa %(rows)s dòng."),
}
"""What is said of an answer, on the site and on a device without a network (reporting/static/reporting/answers.js)."""


def sentences() -> dict[str, str]:
    """Each of SENTENCES in the language of the page."""
    return {name: say() for name, say in SENTENCES.items()}


def _which(fault: Fault, question: Question) -> str:
    """The name of the sentence for a fault."""
    kind = _kind(fault, question)
    if fault.reason in ("missing", NumberProblem.EMPTY):
        return "missing_cell" if fault.row is not None else "missing_number" if question.is_number else "missing_words"
    if fault.reason == "too_long":
        return "long_words" if kind == Question.Kind.TEXT else "long_number"
    if fault.reason in SENTENCES:
        return str(fault.reason)
    return "decimal" if kind == Question.Kind.DECIMAL else "whole"


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
    return SENTENCES["cell"]() % {"name": name, "row": fault.row + 1, "column": label}


def choices(fault: Fault, question: Question) -> list[Decimal]:
    """What an ambiguous number may have meant, among what the question takes."""
    readings = fault.number.readings if fault.number and fault.reason == NumberProblem.AMBIGUOUS else ()
    whole = _kind(fault, question) == Question.Kind.WHOLE
    return [reading for reading in readings if not whole or reading % 1 == 0]


def _kind(fault: Fault, question: Question) -> str:
    """Of the question, or of the column of its list that is at fault."""
    return next((column.kind for column in question.list_columns if column.key == fault.column), question.kind)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
