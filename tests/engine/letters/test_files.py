"""Files of every kind, made here: what is read, and with which sentence the rest is turned away."""

import io
import shutil
import zipfile

import docx
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

from lachan.engine import tesseract
from lachan.engine.letters import Extracted, Reason, Unreadable, extract, read
from lachan.engine.letters.files.extract import MAX_BYTES, MAX_LENGTH

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "Đề nghị các xã gửi báo cáo về Ủy ban nhân dân huyện trước ngày 15/11/2024."


def refusal(data: bytes, filename: str = "van-ban") -> Reason:
    with pytest.raises(Unreadable) as refused:
        extract(data, filename)
    assert str(refused.value).endswith(".")
    return refused.value.reason_code


def zipped(**parts: str | bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return held.getvalue()


def word(body: str, **more: str | bytes) -> bytes:
    return zipped(word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>", **more)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def letter_docx() -> bytes:
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "UBND TỈNH LAM SƠN\nSỞ Y TẾ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 12/SYT-VP\nV/v kiểm tra"
    head.cell(1, 1).text = "Lam Sơn, ngày 02 tháng 5 năm 2024"
    document.add_paragraph("Kính gửi: Các trạm y tế.")
    document.add_paragraph("Sở Y tế đề nghị các đơn vị thực hiện:")
    document.add_paragraph("Rà soát thiết bị.", style="List Number")
    document.add_paragraph("Báo cáo trước ngày 20/5/2024.", style="List Number")
    tail = document.add_table(rows=1, cols=2)
    tail.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    tail.cell(0, 1).text = "GIÁM ĐỐC\n\nTrần Văn Bình"
    rows = document.add_table(rows=2, cols=3)
    for place, text in enumerate(["STT", "Nội dung", "Số lượng", "1", "Số đợt kiểm tra", ""]):
        rows.cell(place // 3, place % 3).text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def picture(text: str, kind: str = "PNG") -> bytes:
    page = Image.new("L", (2000, 260), 255)
    font = ImageFont.load_default(size=44)
    ImageDraw.Draw(page).text((40, 90), text, fill=0, font=font)
    held = io.BytesIO()
    page.save(held, kind)
    return held.getvalue()


def scan_pdf(pages: int = 1) -> bytes:
    held = io.BytesIO()
    page = Image.open(io.BytesIO(picture("Bao cao gui truoc ngay 15/11/2024")))
    page.save(held, "PDF", save_all=True, append_images=[page] * (pages - 1), resolution=200)
    return held.getvalue()


def text_pdf(text: str, *, encrypt: str = "") -> bytes:
    """A PDF with a text layer, written by hand; with `encrypt` a password is demanded."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start, size = len(body), len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {encrypt}>>\n"
    body += f"startxref\n{start}\n%%EOF"
    return body.encode("latin-1")


LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00><00>] "


def test_a_word_letter_is_read_with_its_list_numbers_and_tables() -> None:
    found = extract(letter_docx(), "công văn.docx")
    assert found.kind == "docx"
    assert "1 | Số đợt kiểm tra | " in found.text
    letter = read(found.text)
    assert letter.issuer is not None
    assert (letter.issuer.value, letter.tasks_count and letter.tasks_count.value) == ("SỞ Y TẾ", 2)
    assert letter.signer_name is not None
    assert letter.signer_name.value == "Trần Văn Bình"


def test_the_kind_is_told_by_content_and_not_by_name() -> None:
    assert extract(letter_docx(), "anh.png").kind == "docx"
    assert extract(SENTENCE.encode(), "công văn").kind == "text"


def test_deleted_words_and_doubled_boxes_of_a_word_file_are_left_out() -> None:
    gone = (
        f"<w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>{SENTENCE}</w:t></w:r></w:ins></w:p>"
    )
    assert extract(word(gone)).text.strip() == SENTENCE


def test_a_font_of_the_old_encoding_in_a_word_file_becomes_unicode() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>Uû ban nh©n d©n tØnh</w:t></w:r></w:p>'
    assert extract(word(run)).text.strip() == "Uỷ ban nhân dân tỉnh"


def test_a_pdf_with_text_is_read_from_its_layer() -> None:
    found = extract(text_pdf("So: 12/UBND-VX, ngay 15 thang 11 nam 2024"))
    assert (found.kind, found.pages) == ("pdf", 1)
    assert "12/UBND-VX" in found.text


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
class TestScans:
    def test_a_scanned_pdf_is_read_off_page_by_page(self) -> None:
        steps: list[tuple[int, int]] = []
        found = extract(scan_pdf(pages=2), progress=lambda done, total: steps.append((done, total)))
        assert (found.kind, found.pages, steps) == ("scan", 2, [(1, 2), (2, 2)])
        assert found.text.count("15/11/2024") == 2
        assert found.warnings

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_a_picture_is_read_off(self, kind: str) -> None:
        assert "15/11/2024" in extract(picture("Gui bao cao truoc ngay 15/11/2024", kind)).text

    def test_reading_stops_when_told(self) -> None:
        with pytest.raises(Unreadable) as refused:
            extract(scan_pdf(pages=2), stop=lambda: True)
        assert refused.value.reason_code is Reason.STOPPED

    def test_reading_ends_when_the_time_is_over(self) -> None:
        with pytest.raises(Unreadable) as refused:
            extract(scan_pdf(), seconds=-1)
        assert refused.value.reason_code is Reason.TIMEOUT

    def test_an_empty_page_has_no_text(self) -> None:
        assert refusal(picture("")) is Reason.NO_TEXT


def test_a_scan_without_the_reading_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda name: None)
    assert refusal(scan_pdf()) is Reason.NO_OCR


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        SENTENCE.encode("utf-8-sig"),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_plain_text_in_unicode_is_read(data: bytes) -> None:
    assert extract(data) == Extracted(SENTENCE, "text", None)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (
            "Ủy ban nhân dân".encode("cp1258", "ignore") + " ngày của các người".encode("cp1258", "ignore"),
            "Windows-1258",
        ),
        ("Uû ban nh©n d©n tØnh ®Ò nghÞ c¸c x· thùc hiÖn".encode("latin-1"), "TCVN3"),
        ("Uûy ban nhaân daân tænh ñeà nghò caùc xaõ thöïc hieän".encode("latin-1"), "VNI"),
    ],
    ids=["windows-1258", "tcvn3", "vni"],
)
def test_plain_text_in_an_old_encoding_is_read_with_a_warning(data: bytes, name: str) -> None:
    found = extract(data)
    assert name in found.warnings[0]
    assert name == "Windows-1258" or "nhân dân tỉnh đề nghị các xã thực hiện" in found.text


def bomb() -> bytes:
    return word(paragraph("a"), word__numbering_xml=b" " * 50_000_000)


BILLION = '<!DOCTYPE w [<!ENTITY a "ha">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t\n", Reason.EMPTY),
        (b"x" * (MAX_BYTES + 1), Reason.TOO_LARGE),
        ("Số liệu ".encode() * (MAX_LENGTH // 8 + 1), Reason.TOO_LONG),
        (letter_docx()[:-200], Reason.DAMAGED),
        (b"PK\x03\x04" + b"\x00" * 200, Reason.DAMAGED),
        (zipped(word__document_xml="<w:document"), Reason.DAMAGED),
        (zipped(word__other_xml="<a/>"), Reason.DAMAGED),
        (text_pdf("x")[:60], Reason.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, Reason.DAMAGED),
        (picture("abc")[:1200], Reason.DAMAGED),
        (text_pdf("x", encrypt=LOCK), Reason.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
        (word(paragraph("a"), word__vbaProject_bin=b"x"), Reason.MACROS),
        (bomb(), Reason.BOMB),
        (zipped(word__document_xml=f"{BILLION}<w:document {W}><w:body/></w:document>"), Reason.BOMB),
        (zipped(word__document_xml=f"{BILLION}<w:document {W}><w:body/></w:document>".encode("utf-16")), Reason.BOMB),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, Reason.OLD_WORD),
        (b"{\\rtf1 abc}", Reason.OLD_WORD),
        (zipped(xl__workbook_xml="<a/>"), Reason.UNKNOWN),
        (b"GIF89a" + b"\x00" * 20, Reason.UNKNOWN),
        (bytes(range(256)) * 20, Reason.UNKNOWN),
        (word(paragraph("")), Reason.NO_TEXT),
        (b"12345 ....", Reason.NO_TEXT),
    ],
)
def test_what_cannot_be_read_is_turned_away_with_its_reason(data: bytes, reason: Reason) -> None:
    assert refusal(data) is reason


def test_a_picture_too_large_to_hold_is_turned_away_before_it_is_inflated() -> None:
    held = io.BytesIO()
    Image.new("1", (12_000, 6_000)).save(held, "PNG")
    assert refusal(held.getvalue()) is Reason.BOMB


def test_an_encrypted_zip_is_turned_away() -> None:
    data = bytearray(word(paragraph(SENTENCE)))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flag] |= 1
    assert refusal(bytes(data)) is Reason.ENCRYPTED


def test_a_pdf_of_too_many_pages_is_turned_away() -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(401):
        document.new_page(100, 100)
    held = io.BytesIO()
    document.save(held)
    document.close()
    assert refusal(held.getvalue()) is Reason.TOO_LONG
