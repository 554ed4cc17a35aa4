"""What is wrong with a cell of a filled file, as a sentence for the officer who filled it in."""

from __future__ import annotations

from lachan.engine.answers import LONGEST_TEXT, MOST_ROWS, Fault, Kind
from lachan.engine.offline_form.found import FoundCell, Trouble
from lachan.engine.offline_form.refusals import Said
from lachan.engine.vietnamese import NumberProblem, write_number

_LONGEST_NAME = 90
_LONGEST_QUOTE = 60


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue; who shows it translates it


_TROUBLES = {
    Trouble.DAY: _(
        "%(place)s (%(name)s): phần mềm bảng tính đã đổi số thành ngày %(typed)s. Ghi lại số ở ô này; ô không được lấy vào."
    ),
    Trouble.NO_RESULT: _(
        "%(place)s (%(name)s): công thức chưa có kết quả nên không được lấy vào. "
        "Mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi đưa lên, hoặc ghi thẳng số."
    ),
    Trouble.BROKEN: _(
        "%(place)s (%(name)s): công thức báo lỗi %(typed)s nên không được lấy vào. Sửa công thức hoặc ghi thẳng số."
    ),
}
_FAULTS = {
    "missing": _("%(place)s (%(name)s): chưa điền, trong khi dòng này đã có nội dung."),
    "not_a_choice": _("%(place)s (%(name)s): “%(typed)s” không có trong danh sách để chọn."),
    NumberProblem.NOT_WHOLE: _("%(place)s (%(name)s): “%(typed)s” không phải là số nguyên."),
    NumberProblem.NEGATIVE: _("%(place)s (%(name)s): “%(typed)s” nhỏ hơn 0. Chỉ nhận số từ 0 trở lên."),
    NumberProblem.AMBIGUOUS: _(
        "%(place)s (%(name)s): “%(typed)s” có thể hiểu là %(first)s hoặc %(second)s. Ghi lại cho rõ."
    ),
}
_NOT_WHOLE = _FAULTS[NumberProblem.NOT_WHOLE]
_NOT_A_NUMBER = _("%(place)s (%(name)s): “%(typed)s” không phải là số.")
_TOO_MANY_DIGITS = _("%(place)s (%(name)s): “%(typed)s” có quá 15 chữ số.")
_TOO_LONG = _("%(place)s (%(name)s): phần viết dài %(length)s ký tự, tối đa %(most)s ký tự. Rút gọn lại.")
_TOO_MANY = _("Danh sách “%(name)s” có %(rows)s dòng, tối đa %(most)s dòng.")


def broken(cell: FoundCell, trouble: Trouble, name: str) -> Said:
    """Of a cell that the spreadsheet itself broke."""
    return Said(_TROUBLES[trouble], {"place": cell.place, "name": _cut(name, _LONGEST_NAME), "typed": cell.text})


def wrong(cell: FoundCell, name: str, kind: str, fault: Fault) -> Said:
    """Of an answer that cannot be counted: “Ô C7 (Số buổi tuyên truyền): “ba” không phải là số nguyên.”"""
    readings = [write_number(one) for one in (fault.number.readings if fault.number else ())]
    words: dict[str, str | Said] = {
        "place": cell.place,
        "name": _cut(name, _LONGEST_NAME),
        "typed": _cut(fault.typed, _LONGEST_QUOTE),
        "first": readings[0] if readings else "",
        "second": readings[-1] if readings else "",
        "length": write_number(len(fault.typed)),
        "most": write_number(LONGEST_TEXT),
    }
    return Said(_template(kind, fault), words)


def too_many(name: str, rows: int) -> Said:
    """Of a list that is too long."""
    return Said(
        _TOO_MANY, {"name": _cut(name, _LONGEST_NAME), "rows": write_number(rows), "most": write_number(MOST_ROWS)}
    )


def _template(kind: str, fault: Fault) -> str:
    if fault.reason == "too_long":
        return _TOO_LONG if kind == Kind.TEXT else _TOO_MANY_DIGITS
    return _FAULTS.get(fault.reason) or (_NOT_WHOLE if kind == Kind.WHOLE else _NOT_A_NUMBER)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
