"""What to_pdf writes: the same words, in one embedded font that has every Vietnamese letter."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import official_samples as samples
import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import HealthCheck, given, settings
from official_made import documents

from lachan.engine.layout import OfficialDocument, Paragraph, Span, to_pdf

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = "đ" + "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
ACCENTED = [letter for letter in LETTERS + LETTERS.upper() if not letter.isascii()]


def pages(document: OfficialDocument) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(to_pdf(document)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def fonts(document: OfficialDocument) -> Iterator[tuple[str, bool]]:
    """The family of each piece of text, and whether its font is embedded."""
    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(to_pdf(document)) as pdf:
        for page in pdf:
            for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(piece.raw)
                name = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                yield name.value.decode().split("+")[-1].split("-")[0], bool(raw.FPDFFont_GetIsEmbedded(font))


def in_every_cut() -> OfficialDocument:
    said = " ".join(ACCENTED)
    cuts = (Span(said), Span(said, bold=True), Span(said, italic=True), Span(said, bold=True, italic=True))
    return replace(samples.LETTER, body=tuple(Paragraph((cut,)) for cut in cuts))


def test_there_are_134_accented_letters() -> None:
    assert len(set(ACCENTED)) == 134


def test_every_vietnamese_letter_is_in_the_one_embedded_font() -> None:
    assert set(fonts(in_every_cut())) == {("Tinos", True)}


def test_every_vietnamese_letter_reads_back_in_each_cut() -> None:
    text = unicodedata.normalize("NFC", "".join(pages(in_every_cut())))
    assert {letter: text.count(letter) >= 4 for letter in ACCENTED} == dict.fromkeys(ACCENTED, True)


def test_a_letter_the_font_lacks_brings_in_no_other_font() -> None:
    odd = replace(samples.LETTER, body=(Paragraph("Lá chắn 🛡 và 盾"),))
    assert set(fonts(odd)) == {("Tinos", True)}


@pytest.mark.parametrize(
    "text", ["#panic()", "*đậm* _nghiêng_", "$x^2$", "= Tiêu đề", "\\u{41}", '"); #read("/etc/passwd")', "@a <b>"]
)
def test_text_is_never_read_as_markup(text: str) -> None:
    assert text in pages(replace(samples.LETTER, body=(Paragraph(text),)))[0]


def test_pages_are_numbered_from_the_second_and_anew_in_each_annex() -> None:
    firsts = [page.strip().split()[0] for page in pages(samples.report(60))]
    annex, missing = firsts.index("Phụ"), len(firsts) - 1
    assert firsts[0] == "UBND"
    assert firsts[annex + 1 : missing] == [str(n) for n in range(2, missing - annex + 1)]
    assert firsts[missing] == "Phụ"


def test_the_head_of_a_long_table_stands_on_each_of_its_pages() -> None:
    assert all("Tỷ lệ hộ" in page for page in pages(samples.report(60)) if "UBND xã Thử Nghiệm Số 2" in page)


@pytest.mark.parametrize("count", range(1, 24, 2))
def test_no_signature_stands_on_a_page_without_words_of_the_body(count: int) -> None:
    letter = replace(samples.LETTER, body=(Paragraph("Nội dung một dòng"),) * count, annexes=())
    signed = next(page for page in pages(letter) if "Lê Thị Hoài Thương" in page)
    assert "Nội dung một dòng./." in signed


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(samples.DECISION) == to_pdf(replace(samples.DECISION))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents)
def test_every_document_can_be_written(document: OfficialDocument) -> None:
    assert pages(document)
