"""Plain text in whichever encoding: Unicode, Windows-1258, TCVN3 (.VnTime) and VNI."""

import re
import unicodedata
from collections.abc import Callable

from lachan.engine.letters.files.unreadable import Reason, Unreadable

# TCVN 5712:1993, third table (the fonts .VnTime, .VnArial): one byte a letter.
_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
)
# VNI for Windows: a letter and then its mark.
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(r"[aeouyAEOUYôöÔÖ][øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË]|[ñôöæóòîÑÔÖÆÓÒÎ]")
_COMMON = frozenset(
    [
        "của",
        "và",
        "các",
        "người",
        "không",
        "ngày",
        "tháng",
        "năm",
        "nhân",
        "dân",
        "số",
        "về",
        "được",
        "trong",
        "cho",
        "với",
        "tỉnh",
        "thực",
        "hiện",
        "đề",
        "nghị",
        "nơi",
        "nhận",
        "căn",
        "cứ",
        "quyết",
        "định",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


def from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    letter, mark = match[0][0], match[0][1:].lower()
    small = _VNI_LETTERS.get(letter.lower(), letter.lower())
    whole = unicodedata.normalize("NFC", small + _VNI_MARKS.get(mark, ""))
    return whole.upper() if letter.isupper() else whole


def read_plain(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and what was doubtful about it. Raises Unreadable for what is no text."""
    marked = _by_mark(data)
    if marked is not None:
        return marked, ()
    if b"\0" in data:
        return _wide(data), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _by_words(data)


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _wide(data: bytes) -> str:
    """UTF-16 without its mark; other data with zero bytes is no text."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < len(data) / 8 or min(even, odd) > max(even, odd) / 10:
        raise Unreadable(Reason.UNKNOWN)
    return data.decode(encoding, errors="replace")


def _by_words(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The old encoding whose reading has most common Vietnamese words."""
    latin = data.decode("latin-1")
    if sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > len(data[:4096]) / 50:
        raise Unreadable(Reason.UNKNOWN)
    readings: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Windows-1258", lambda: unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))),
        ("TCVN3", lambda: from_tcvn3(latin)),
        ("VNI", lambda: from_vni(latin)),
    )
    scored = [(_common(text()), name, text()) for name, text in readings]
    score, name, text = max(scored, key=lambda reading: reading[0])
    if score == 0:
        raise Unreadable(Reason.UNKNOWN)
    return text, (f"Văn bản dùng bảng mã cũ ({name}), đã chuyển sang Unicode; chữ hoa có dấu có thể chưa đúng.",)


def _common(text: str) -> int:
    return sum(word.lower() in _COMMON for word in _WORD.findall(text[:20_000]))
