"""The letters of the demonstration."""

import io

from cast import NOW
from docx import Document

from lachan.project.sample.letter import campaign_dates, coming_dates, letter_docx, next_letter_docx


def words(file: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file)).paragraphs)


def test_the_next_letter_speaks_of_its_own_campaign_alone() -> None:
    said = words(next_letter_docx(coming_dates(NOW)))
    assert "Tổ chức Chiến dịch tuyên truyền “Hỏi lại một câu”" in said
    assert "Chậm một phút" not in said


def test_its_annex_names_the_department_in_running_words() -> None:
    assert "của Sở Khoa học và Công nghệ)" in words(letter_docx(campaign_dates(NOW)))
