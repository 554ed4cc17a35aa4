"""Why a table was not read."""

from enum import StrEnum

MOST_LINES = 10_000
MOST_OCTETS = 10 * 10**6


class Reason(StrEnum):
    """`value` is the code for programs; the sentence for people is in `Unreadable`."""

    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    DAMAGED = "damaged"
    MACROS = "macros"
    BOMB = "bomb"
    OLD_OR_LOCKED = "old_or_locked"
    ENCODING = "encoding"
    UNKNOWN = "unknown"


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue; who shows it translates it


_SENTENCES = {
    Reason.TOO_LARGE: _("Tệp lớn hơn 10 MB nên không đọc. Hãy bỏ hình ảnh, định dạng thừa hoặc tách thành nhiều tệp."),
    Reason.TOO_LONG: _(
        "Bảng dài quá 10.000 dòng, kể cả dòng trống có định dạng. Hãy xóa dòng trống ở cuối bảng hoặc tách thành nhiều tệp."
    ),
    Reason.EMPTY: _("Tệp không có dòng nào. Hãy chọn lại tệp."),
    Reason.DAMAGED: _("Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở lại tệp trên máy, lưu bản mới rồi gửi lại."),
    Reason.MACROS: _("Tệp có chứa macro nên không được nhận. Hãy lưu thành XLSX (không macro) hoặc CSV rồi gửi lại."),
    Reason.BOMB: _("Tệp có cấu trúc nén bất thường, không an toàn để mở. Hãy lưu lại thành tệp XLSX mới rồi gửi lại."),
    Reason.OLD_OR_LOCKED: _(
        "Tệp Excel định dạng cũ (.xls) hoặc có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu thành XLSX rồi gửi lại."
    ),
    Reason.ENCODING: _(
        "Tệp CSV không dùng bảng mã Unicode (UTF-8); có thể là TCVN3, VNI hoặc Windows-1258 nên chữ có dấu sẽ sai. "
        "Hãy mở tệp bằng Excel, chọn lưu “CSV UTF-8” hoặc XLSX rồi gửi lại."
    ),
    Reason.UNKNOWN: _("Đây không phải tệp bảng tính. Hãy gửi tệp XLSX hoặc CSV."),
}


class Unreadable(Exception):
    """A table that was not read. `reason_code` is the `Reason`; `str()` says in Vietnamese what is wrong and what to do."""

    def __init__(self, reason_code: Reason) -> None:
        super().__init__(_SENTENCES[reason_code])
        self.reason_code = reason_code
