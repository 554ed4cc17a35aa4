"""Cleaning text, and the fixed phrases of an official document."""

import re
import unicodedata

from lachan.engine.layout.document import DocumentDate, OfficialDocument, Span, Text

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_BLANK = "\u00a0"
_PERCENT = re.compile(r"(?<=\d) (?=%)")
_FOLDED = re.compile(r"[ \t\r\n\v\f\u0085\u2028\u2029]+")
# Anything XML 1.0 forbids, and the characters that reorder or hide text.
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def clean(text: str) -> str:
    """Give text in NFC, without control or hidden characters, white space folded to single spaces."""
    return _folded(text).strip(" ")


def _folded(text: str) -> str:
    text = _FOLDED.sub(" ", _UNFIT.sub("", unicodedata.normalize("NFC", text)))
    return _PERCENT.sub(_BLANK, text)


def spans(text: Text) -> tuple[Span, ...]:
    """Give text as spans, each folded but keeping the single spaces between spans."""
    if isinstance(text, str):
        return (Span(clean(text)),)
    kept = [Span(_folded(s.text), s.bold, s.italic) for s in text]
    return tuple(s for s in kept if s.text)


def number_line(document: OfficialDocument) -> str:
    """Write "Số: 05/UBND-VX", or leave room for the number."""
    number = f"{document.number:02d}" if document.number is not None else _BLANK * 10
    return f"Số: {number}/{clean(document.symbol)}"


def subject_line(document: OfficialDocument) -> str:
    """Write "V/v" and the abstract of a công văn, which may already begin so."""
    return f"V/v {re.sub(r'^V/v[ :]*', '', clean(document.abstract), flags=re.IGNORECASE)}"


def date_words(date: DocumentDate) -> str:
    """Write "ngày 05 tháng 01 năm 2026"; days below 10 and months 1 and 2 take a leading zero; blanks stay blank."""
    day = f"{date.day:02d}" if date.day else _BLANK * 5
    month = (f"{date.month:02d}" if date.month <= 2 else str(date.month)) if date.month else _BLANK * 5
    return f"ngày {day} tháng {month} năm {date.year}"


def reference_line(document: OfficialDocument) -> str:
    """Write the line under an annex's title: with which document it comes."""
    kind = clean(document.doc_type).capitalize() or "Công văn"
    number = number_line(document).removeprefix("Số: ")
    date = date_words(document.date).replace(" ", _BLANK)  # stays on one line
    return f"(Kèm theo {kind} số {number} {date} của {clean(document.agency)})"


def listed(items: tuple[str, ...]) -> tuple[str, ...]:
    """Put ";" after each item and "." after the last, in place of any the items end with."""
    bare = [clean(item).rstrip(" ;,.") for item in items]
    ends = [";"] * (len(bare) - 1) + ["."]
    return tuple(item + end for item, end in zip(bare, ends, strict=True))


def copy_lines(document: OfficialDocument) -> tuple[str, ...]:
    """Give the lines of "Nơi nhận": "Như trên" when there are addressees, those named, and the filing line."""
    names = [clean(item).lstrip("-– ").rstrip(" ;,.") for item in document.copies]
    names = [name for name in names if name and not name.startswith("Lưu:")]
    if document.addressees and "Như trên" not in names:
        names.insert(0, "Như trên")
    filing = clean(document.filing).rstrip(" .")
    names.append(f"Lưu: VT, {filing}" if filing else "Lưu: VT")
    return tuple(f"- {line}" for line in listed(tuple(names)))


def closed(text: Text) -> Text:
    """End the last paragraph of a body with "./."."""
    if isinstance(text, str):
        return clean(text).removesuffix("./.").rstrip(" .;") + "./."
    *front, last = text
    return (*front, Span(last.text.rstrip().removesuffix("./.").rstrip(" .;") + "./.", last.bold, last.italic))


def roman(number: int) -> str:
    """Write a number from 1 to 399 in Roman numerals."""
    pairs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in pairs:
        text += letters * (number // value)
        number %= value
    return text
