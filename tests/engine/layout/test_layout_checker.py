"""The layout checker finds each broken property and nothing in a sound document."""

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import official_samples as samples
import pytest
from docx import Document
from docx.oxml import OxmlElement
from typed_by_hand import page_number, saved, typed_letter

from lachan.engine.layout import Fault, NotADocument, check_docx, to_docx

MUTATIONS = tomllib.loads((Path(__file__).parent / "mutations.toml").read_text(encoding="utf-8"))["mutation"]
SOUND = {
    "letter": to_docx(samples.LETTER),
    "decision": to_docx(samples.DECISION),
    "report": to_docx(samples.report(3)),
}


def mutated(data: bytes, mutation: dict[str, Any]) -> bytes:
    """Give the document with one property changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, changed(text, mutation) if name == mutation["part"] else text)
    return out.getvalue()


def changed(text: str, mutation: dict[str, Any]) -> str:
    start = text.index(f'w:styleId="{mutation["style"]}"') if "style" in mutation else 0
    head, tail = text[:start], text[start:]
    assert mutation["old"] in tail, "the mutation no longer fits the writer"
    return head + tail.replace(mutation["old"], mutation["new"], -1 if mutation.get("all") else 1)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_document_has_no_fault(name: str) -> None:
    assert check_docx(SOUND[name]) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m["what"])
def test_each_broken_property_is_found(mutation: dict[str, Any]) -> None:
    faults = check_docx(mutated(SOUND[mutation["document"]], mutation))
    assert mutation["element"] in {fault.element for fault in faults}


def test_a_fault_is_a_sentence_with_its_source() -> None:
    fault = Fault("Quốc hiệu", "cỡ chữ 12 đến 13 pt", "cỡ 14 pt", "II.1.a")
    assert fault.sentence == (
        "Quốc hiệu: cần cỡ chữ 12 đến 13 pt; văn bản đang là cỡ 14 pt "
        "(điểm a khoản 1 mục II Phần I Phụ lục I, Nghị định 30/2020/NĐ-CP)."
    )


def test_a_letter_typed_by_hand_in_the_layout_has_no_fault() -> None:
    assert [str(fault) for fault in check_docx(saved(typed_letter()))] == []


def test_a_drawn_line_counts_as_the_rule() -> None:
    letter = typed_letter()
    rule = letter.tables[0].cell(0, 0).paragraphs[2]
    rule.clear().add_run()._r.append(OxmlElement("w:pict"))
    assert check_docx(saved(letter)) == []


def test_a_page_number_at_the_foot_is_found() -> None:
    letter = typed_letter()
    letter.sections[0].header.paragraphs[0]._p.clear()
    page_number(letter.sections[0].footer.paragraphs[0])
    assert [fault.found for fault in check_docx(saved(letter))] == ["ở cuối trang"]


def test_a_date_below_the_line_of_the_number_is_found() -> None:
    letter = typed_letter()
    head = letter.tables[0]
    head.add_row().cells[1]._tc.append(head.cell(1, 1).paragraphs[0]._p)
    assert [fault.expected for fault in check_docx(saved(letter))] == ["cùng dòng với số, ký hiệu"]


def test_a_plain_word_file_lacks_what_makes_it_official() -> None:
    document, out = Document(), io.BytesIO()
    document.add_paragraph("Kính gửi các anh chị, mai họp lúc 8 giờ.")
    document.save(out)
    elements = {fault.element for fault in check_docx(out.getvalue())}
    assert {"Quốc hiệu", "Tiêu ngữ", "Số, ký hiệu", "Nơi nhận", "Phông chữ", "Khổ giấy"} <= elements


@pytest.mark.parametrize(
    "data",
    [b"", b"not a zip", SOUND["letter"][:2000], b"PK\x05\x06" + bytes(18)],
    ids=["empty", "text", "cut short", "empty archive"],
)
def test_what_is_not_a_document_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NotADocument, match=r"Tệp không đọc được"):
        check_docx(data)


def test_a_document_that_unpacks_too_large_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (61 * 1024 * 1024))
    with pytest.raises(NotADocument, match="quá lớn"):
        check_docx(out.getvalue())


def test_entities_are_not_expanded() -> None:
    out = io.BytesIO()
    bomb = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb + body.format("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"))
    assert all("haha" not in fault.sentence for fault in check_docx(out.getvalue()))
