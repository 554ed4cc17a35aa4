"""What holds for every text whatever."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lachan.engine.letters import Letter, read

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
SHREDS = (
    """
Số: |12/QĐ-UBND|~|~~|   |V/v |Kính gửi: |- |Nơi nhận:|KT. GIÁM ĐỐC~|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|UBND TỈNH X|QUYẾT ĐỊNH
, ngày 31 tháng 2 năm 2024|trước ngày 15/11|từ ngày 1/1/2024 đến ngày 2/2/2024|100%|MỤC TIÊU~|a@b.vn|http://|gọi 156|Luật |Căn cứ
1. |./.|PHỤ LỤC~|STT Nội dung~|……|\u0301|\ufeff|**|<br>|[a](#)|o\u0300-~
""".strip()
    .replace("\n", "|")
    .replace("~", "\n")
    .split("|")
)
SHREDS.append("|")
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SHREDS), max_size=40).map("".join))


def spans_of(letter: Letter) -> list[tuple[int, int]]:
    return [span for field in letter.fields for span in field.spans]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_every_span_lies_within_it(text: str) -> None:
    letter = read(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans_of(letter))
    assert all(0 <= field.certainty <= 1 for field in letter.fields)
    json.dumps(letter.as_dict())


@pytest.mark.parametrize("path", CASES[::5], ids=lambda path: path.stem)
def test_spans_lead_back_to_the_words_in_the_original(path: Path) -> None:
    text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
    letter = read(text)
    assert letter.symbol is not None
    start, end = letter.symbol.spans[0]
    shown = unicodedata.normalize("NFC", text[start:end])
    assert "".join(shown.split()).replace("\\", "") == letter.symbol.value


@pytest.mark.parametrize("shred", [*SHREDS, " ", "A", "1/A-", "1 ", "ngày ", "(", "\t", "a "])
def test_no_repetition_makes_reading_slow_beyond_measure(shred: str) -> None:
    assert read(shred * (6_000 // len(shred))) is not None  # a quadratic pattern would hang here


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_both_forms_of_unicode_read_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert read(composed).as_dict() == read(unicodedata.normalize("NFD", composed)).as_dict()
