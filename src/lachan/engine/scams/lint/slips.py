"""What is wrong in a line that a program cannot read, for people who write no code: where, and what to do."""

import re
import tomllib

_PLACE = re.compile(r"\(at line (\d+), column \d+\)$")
_SHOWN = 60  # characters of the line
_BY_LINE = (
    (r"^(<<<<<<<|=======|>>>>>>>)", "Đây là dấu vết trộn tệp của git: giữ lại một bên rồi xóa các dòng dấu."),
    (r"=\s*[\[{]?\s*[“”‘’„]", 'Dùng dấu nháy thẳng "…", không dùng “ ” hay ‘ ’.'),
    (
        r"=\s*\"?(\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d)",
        "Ngày viết năm-tháng-ngày, không có dấu nháy: 2026-11-26.",
    ),
    (r"=\s*-?\d+,\d", "Số lẻ viết bằng dấu chấm: 2.5."),
    (r"^\s*\[(?!\[)|^\s*\[\[[^\]]*\]\s*$", "Đầu mục viết hai lớp ngoặc vuông, như [[sign]]."),
    (r"^\s*(\w*[^\x00-\x7f=\"\[{]|\w+\s+\w)[^=]*=", "Tên ô viết chữ thường không dấu, nối bằng _."),
    (r"^\s*\w+\s*[:\"\[{]|\{\s*\w+\s*:", "Giữa tên ô và nội dung là dấu =."),
    (r"=\s*(?!true\b|false\b|nan\b|inf\b)[^\W\d]", 'Chữ đặt trong dấu nháy thẳng "…".'),
    (r"\"[^\"]*\"\s*[^\s,\]}\"#]|\"\s+\"", 'Trong câu dùng “ ” thay cho "; giữa các phần của danh sách có dấu phẩy.'),
)
_BY_FAULT = (
    (
        r"^\[\[.*\n.*overwrite|declare|namespace|mutate",
        "Đầu mỗi mục viết hai lớp ngoặc vuông, như [[sign]]: xem cả các mục trên.",
    ),
    (r"overwrite", "Ô này đã viết rồi: bỏ bớt một; một mục mới bắt đầu bằng dòng như [[sign]]."),
    (r"Unclosed|Unterminated|end of document", "Thiếu dấu phẩy, dấu ngoặc hoặc dấu nháy đóng, ở đây hoặc ở dòng trên."),
)


def in_toml(text: str, fault: tomllib.TOMLDecodeError) -> tuple[int, str]:
    """The line of `text` that cannot be read (0: not known), and what to do about it."""
    place = _PLACE.search(str(fault))
    number = int(place[1]) if place else 0
    line = text.splitlines()[number - 1].strip() if 0 < number <= len(text.splitlines()) else ""
    advice = _advice(line, str(fault))
    return number, f"không đọc được từ “{line[:_SHOWN]}”. {advice}" if line else f"không đọc được. {advice}"


def _advice(line: str, fault: str) -> str:
    told = [advice for form, advice in _BY_LINE if re.search(form, line)]
    told += [advice for form, advice in _BY_FAULT if re.search(form, f"{line}\n{fault}")]
    return told[0] if told else "Xem lại dấu nháy, dấu phẩy và ngoặc ở dòng này và dòng trên nó."
