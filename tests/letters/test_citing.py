from datetime import date

import pytest

from lachan.letters.citing import about, cited, issuer_in_words
from lachan.letters.models import Letter


def test_a_letter_from_elsewhere_is_named_with_its_own_issuer() -> None:
    letter = Letter(
        direction="received",
        doc_type="kế hoạch",
        number=6,
        symbol="KH-UBND",
        dated_on=date(2025, 3, 4),
        issuer="ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
    )
    assert cited(letter, "Sở Nội vụ") == "Kế hoạch số 06/KH-UBND ngày 04/3/2025 của UBND tỉnh Sông Lam"


@pytest.mark.parametrize(("day", "written"), [(date(2026, 1, 5), "05/01/2026"), (date(2026, 11, 5), "05/11/2026")])
def test_days_and_the_first_months_are_written_with_a_zero(day: date, written: str) -> None:
    assert cited(Letter(direction="issued", dated_on=day), "Sở Nội vụ") == f"Công văn ngày {written} của Sở Nội vụ"


def test_a_letter_of_our_own_is_named_with_the_unit_that_gave_it() -> None:
    letter = Letter(direction="issued", doc_type="công văn", issuer="SỞ NỘI VỤ", number=12, symbol="SNV")
    assert cited(letter, "Sở Nội vụ") == "Công văn số 12/SNV của Sở Nội vụ"


@pytest.mark.parametrize(
    ("issuer", "text", "written"),
    [
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "… Bộ Thông tin và Truyền thông đề nghị …", "Bộ Thông tin và Truyền thông"),
        ("ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "", "UBND tỉnh Sông Lam"),
        ("CỤC BÁO CHÍ", "CỤC BÁO CHÍ", "CỤC BÁO CHÍ"),
    ],
)
def test_an_issuer_in_capitals_is_written_as_in_the_text(issuer: str, text: str, written: str) -> None:
    assert issuer_in_words(Letter(issuer=issuer, text=text)) == written


@pytest.mark.parametrize(
    ("abstract", "words"),
    [
        ("Nâng cao kỹ năng.", "về nâng cao kỹ năng"),
        ("CSDL quốc gia", "về CSDL quốc gia"),
        ("V/v tăng cường tuyên truyền", "về việc tăng cường tuyên truyền"),
        ("Về việc tăng cường tuyên truyền", "về việc tăng cường tuyên truyền"),
        ("", ""),
    ],
)
def test_what_a_letter_is_about_follows_its_name(abstract: str, words: str) -> None:
    assert about(Letter(abstract=abstract)) == words
