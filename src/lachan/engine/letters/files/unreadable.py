"""Why a file was not read."""

from enum import StrEnum


class Reason(StrEnum):
    """`value` is the code for programs; the sentence for people is in `Unreadable`."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    BOMB = "bomb"
    OLD_WORD = "old_word"
    UNKNOWN = "unknown"
    NO_TEXT = "no_text"
    NO_OCR = "no_ocr"
    TOO_LONG = "too_long"
    TIMEOUT = "timeout"
    STOPPED = "stopped"


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue; who shows it translates it


_SENTENCES = {
    Reason.TOO_LARGE: _(
        "Tệp lớn hơn 25 MB nên không đọc được. Hãy tách phụ lục ra hoặc giảm độ phân giải bản quét rồi gửi lại."
    ),
    Reason.EMPTY: _("Tệp rỗng, không có nội dung. Hãy chọn lại tệp."),
    Reason.DAMAGED: _("Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở lại tệp trên máy, lưu bản mới rồi gửi lại."),
    Reason.ENCRYPTED: _("Tệp có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."),
    Reason.MACROS: _("Tệp có chứa macro nên không được nhận. Hãy lưu thành DOCX (không macro) hoặc PDF rồi gửi lại."),
    Reason.BOMB: _(
        "Tệp có cấu trúc nén hoặc XML bất thường, không an toàn để mở. Hãy lưu lại tệp từ phần mềm soạn thảo rồi gửi lại."
    ),
    Reason.OLD_WORD: _(
        "Tệp Word định dạng cũ (.doc, .rtf) chưa đọc được. Hãy mở tệp, chọn lưu thành DOCX hoặc PDF rồi gửi lại."
    ),
    Reason.UNKNOWN: _("Loại tệp này chưa đọc được. Hãy gửi tệp DOCX, PDF, ảnh PNG, JPG hoặc văn bản TXT."),
    Reason.NO_TEXT: _("Không tìm thấy chữ nào trong tệp. Nếu là bản quét, hãy quét lại rõ hơn rồi gửi lại."),
    Reason.NO_OCR: _(
        "Tệp là bản quét nhưng máy chủ chưa cài chương trình nhận dạng chữ (tesseract, dữ liệu tiếng Việt). "
        "Hãy báo quản trị hoặc gửi bản DOCX, PDF có chữ."
    ),
    Reason.TOO_LONG: _("Tệp có quá nhiều trang để đọc. Hãy tách phần văn bản chính ra rồi gửi lại."),
    Reason.TIMEOUT: _("Nhận dạng chữ quá thời gian cho phép. Hãy gửi bản có ít trang hơn hoặc bản DOCX, PDF có chữ."),
    Reason.STOPPED: _("Đã dừng đọc tệp theo yêu cầu."),
}


class Unreadable(Exception):
    """A file that was not read. `reason_code` is the `Reason`; `str()` says in Vietnamese what is wrong and what to do."""

    def __init__(self, reason_code: Reason) -> None:
        super().__init__(_SENTENCES[reason_code])
        self.reason_code = reason_code
