"""Why a picture was not read, or not wholly."""

from enum import StrEnum

MOST_BYTES = 15 * 10**6
MOST_PIXELS = 40_000_000  # a larger picture is refused by its header, before it is unpacked


class Why(StrEnum):
    """`value` is the code for programs; `sentence` is for people."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    NO_PICTURE = "no_picture"
    HEIC = "heic"
    DAMAGED = "damaged"
    NO_PILLOW = "no_pillow"
    NO_ZXING = "no_zxing"
    NO_TESSERACT = "no_tesseract"
    TIMEOUT = "timeout"
    TOO_MUCH = "too_much"
    NO_WORDS = "no_words"
    UNCLEAR = "unclear"

    @property
    def sentence(self) -> str:
        """In Vietnamese: what is wrong and what to do. Who shows it translates it by the catalogue."""
        return _SENTENCES[self]


def _(sentence: str) -> str:
    return sentence  # marked for the catalogue


_SENTENCES = {
    Why.EMPTY: _("Tệp rỗng, không có ảnh. Hãy chọn lại ảnh."),
    Why.TOO_LARGE: _("Ảnh lớn hơn 15 MB nên không đọc. Hãy gửi ảnh chụp màn hình hoặc ảnh nhỏ hơn."),
    Why.TOO_MANY_PIXELS: _(
        "Ảnh có quá nhiều điểm ảnh (hơn 40 triệu) nên không mở. Hãy cắt lấy phần tin nhắn rồi gửi lại."
    ),
    Why.TOO_SMALL: _("Ảnh quá nhỏ, không đọc được. Hãy gửi ảnh gốc."),
    Why.NO_PICTURE: _("Tệp này không phải ảnh PNG, JPEG, WebP, GIF hay BMP. Hãy chụp màn hình rồi gửi ảnh chụp."),
    Why.HEIC: _("Chưa đọc được ảnh HEIC, AVIF hay video. Hãy chụp màn hình hoặc lưu thành JPEG rồi gửi lại."),
    Why.DAMAGED: _("Ảnh bị hỏng hoặc chưa tải lên hết. Hãy lưu lại ảnh rồi gửi lại."),
    Why.NO_PILLOW: _("Máy này chưa cài Pillow nên chưa đọc được ảnh: pip install Pillow."),
    Why.NO_ZXING: _("Máy này chưa cài zxing-cpp nên mã QR trong ảnh chưa được đọc: pip install zxing-cpp."),
    Why.NO_TESSERACT: _(
        "Máy này chưa cài tesseract và dữ liệu tiếng Việt nên chữ trong ảnh chưa được đọc: apt install tesseract-ocr-vie."
    ),
    Why.TIMEOUT: _("Đọc chữ trong ảnh quá lâu nên đã dừng. Hãy cắt lấy phần tin nhắn rồi gửi lại."),
    Why.TOO_MUCH: _("Ảnh có nhiều chữ quá, phần cuối chưa được đọc. Hãy cắt ảnh ra rồi gửi từng phần."),
    Why.NO_WORDS: _("Không thấy chữ hay mã QR nào trong ảnh nên chưa xem được. Hãy chụp rõ phần tin nhắn rồi gửi lại."),
    Why.UNCLEAR: _(
        "Chữ trong ảnh mờ, nhỏ hoặc nằm nghiêng nên có thể đã đọc sai. Hãy xoay ảnh cho thẳng, chụp gần hơn rồi gửi lại, "
        "hoặc sửa lại chữ."
    ),
}


class Unfit(Exception):
    """The file is no picture that can be read; `str()` says in Vietnamese why and what to do."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.sentence)
        self.why = why
