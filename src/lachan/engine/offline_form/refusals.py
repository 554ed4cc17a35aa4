"""Why a filled file is not taken, and sentences that can be put into another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue; who shows it translates it


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in Vietnamese with words put into it, which may be sentences themselves."""

    template: str
    words: Mapping[str, str | Said] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.translated(str)

    def translated(self, translate: Callable[[str], str]) -> str:
        """The sentence by way of a catalogue."""
        words = {name: one if isinstance(one, str) else one.translated(translate) for name, one in self.words.items()}
        return translate(self.template) % words if words else translate(self.template)


class Reason(StrEnum):
    """`value` is the code for programs."""

    FOREIGN = "foreign"
    TAMPERED = "tampered"
    OTHER_UNIT = "other_unit"
    OTHER_REPORT = "other_report"
    OTHER_VERSION = "other_version"
    OTHERS_PART = "others_part"
    RESHAPED = "reshaped"
    OLD = "old"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


_SENTENCES = {
    Reason.FOREIGN: _(
        "Tệp này không phải biểu mẫu tải từ trang báo cáo, hoặc phần mã ẩn trong tệp đã mất. "
        "Hãy tải lại biểu mẫu, chép số liệu sang rồi đưa lên."
    ),
    Reason.TAMPERED: _(
        "Phần mã ẩn trong tệp đã bị sửa nên không biết ô nào là của câu hỏi nào. "
        "Hãy tải lại biểu mẫu, chép số liệu sang rồi đưa lên."
    ),
    Reason.OTHER_UNIT: _("Tệp này là biểu mẫu của đơn vị khác. Hãy chọn tệp của %(unit)s."),
    Reason.OTHER_REPORT: _("Tệp này là biểu mẫu của chiến dịch khác hoặc kỳ báo cáo khác. Hãy chọn lại tệp."),
    Reason.OTHER_VERSION: _(
        "Tệp này theo phiên bản %(theirs)s của biểu mẫu, nay đã là phiên bản %(ours)s. "
        "Hãy tải biểu mẫu mới, chép số liệu sang rồi đưa lên."
    ),
    Reason.OTHERS_PART: _("Tệp này có những câu không giao cho anh/chị điền. Hãy đưa lên tệp tải từ phần của anh/chị."),
    Reason.RESHAPED: _(
        "Bảng “%(table)s” trong tệp đã bị thêm hoặc bớt dòng, cột nên không đọc được. "
        "Hãy tải lại biểu mẫu, chép số liệu sang rồi đưa lên."
    ),
    Reason.OLD: _(
        "Tệp ở định dạng cũ (.doc, .xls) hoặc có đặt mật khẩu. "
        "Hãy mở tệp, chọn “Lưu thành” DOCX hoặc XLSX, không mật khẩu, rồi đưa lên lại."
    ),
    Reason.TOO_LARGE: _("Tệp lớn hơn 10 MB. Hãy bỏ hình ảnh đã chèn vào tệp rồi đưa lên lại."),
    Reason.UNREADABLE: _(
        "Đây không phải tệp XLSX hoặc DOCX, hoặc tệp bị hỏng. Hãy mở lại tệp, lưu bản mới rồi đưa lên."
    ),
}


class NotTaken(Exception):
    """A file that is not taken. `said` tells in Vietnamese why and what to do; `reason_code` is the `Reason`."""

    def __init__(self, reason_code: Reason, **words: str) -> None:
        self.reason_code, self.said = reason_code, Said(_SENTENCES[reason_code], words)
        super().__init__(str(self.said))
