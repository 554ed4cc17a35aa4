"""Heads as scanners, signing desks and converters leave them: made-up cases, each with what must be read."""

import pytest

from lachan.engine.letters import read

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
OPENING = "\nKính gửi: Các xã.\nĐề nghị báo cáo trước ngày 20/12/2024./.\n"


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        ("phối hợp cùng\nCông an xã đã ra quân tuần tra", "phối hợp cùng Công an xã đã ra quân tuần tra"),
        (
            "kỷ niệm ngày thành lập ngành\n(02/3/1950 - 02/3/2025)",
            "kỷ niệm ngày thành lập ngành (02/3/1950 - 02/3/2025)",
        ),
        ("báo cáo số liệu\n(Hỏa tốc)", "báo cáo số liệu"),
        ("mời họp tại\nUBND huyện Suối Mơ\nnhằm trao đổi", "mời họp tại UBND huyện Suối Mơ nhằm trao đổi"),
    ],
)
def test_a_subject_goes_on_to_the_addressees_whatever_word_opens_its_lines(lines: str, abstract: str) -> None:
    letter = read(
        f"UBND HUYỆN SUỐI MƠ\n{MOTTO}Số: 12/UBND-VX\nV/v {lines}\nSuối Mơ, ngày 02 tháng 12 năm 2024\n{OPENING}"
    )
    assert letter.abstract is not None
    assert letter.abstract.value == abstract
    assert letter.date is not None


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("ngày 1 9 tháng 1 1 năm 2024", "2024-11-19"),
        ("ngày 0 5 tháng 3 năm 2 024", "2024-03-05"),
        ("ngày 21 tháng 1 0 năm 20 24", "2024-10-21"),
    ],
)
def test_gaps_that_scanning_left_in_a_date_are_closed(printed: str, day: str) -> None:
    letter = read(f"UBND XÃ A\n{MOTTO}Số: 12/UBND\nV/v tổ chức hội thi\nSuối Mơ, {printed}\n{OPENING}").as_dict()
    assert (letter["place"], letter["date"], letter["abstract"]) == ("Suối Mơ", day, "tổ chức hội thi")


def test_a_gap_in_a_short_date_of_a_reference_is_closed() -> None:
    letter = read(f"UBND XÃ A\nSố: 12/UBND\n{OPENING}Theo Công văn số 7/STP-VP ngày 12/1 1/2024 của Sở Tư pháp.")
    assert letter.references[0].value.date == "2024-11-12"


def test_the_motto_within_a_cell_is_no_part_of_the_subject() -> None:
    letter = read(
        "| **SỞ TƯ PHÁP** <br> Số: 6 /STP-VP <br> V/v gửi số liệu hòa giải | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** <br>"
        f" **Độc lập - Tự do - Hạnh phúc** <br> *Suối Mơ, ngày 2 tháng 5 năm 2024* |\n| :-- | :-- |\n{OPENING}"
    ).as_dict()
    assert (letter["issuer"], letter["abstract"], letter["date"]) == (
        "SỞ TƯ PHÁP",
        "gửi số liệu hòa giải",
        "2024-05-02",
    )


@pytest.mark.parametrize("printed", ["Sông Bé - Suối\nMơ", "Sông Bé -\nSuối Mơ", "Sông\nBé"])
def test_a_place_broken_over_two_lines_is_read_whole(printed: str) -> None:
    letter = read(
        f"UBND TỈNH A\n{MOTTO}|\nSố: 8/UBND-VX\n|\n{printed}, ngày 08 tháng 01 năm 2024\n|\n{OPENING}"
    ).as_dict()
    assert letter["place"] == " ".join(printed.split())


def test_a_well_formed_symbol_stays_as_printed() -> None:
    assert read(f"UBND TỈNH A\n{MOTTO}Số: 5/SKHCN-TTBCXB\n{OPENING}").as_dict()["symbol"] == "SKHCN-TTBCXB"
    assert read(f"UBND TỈNH A\n{MOTTO}Số: 5/QĐUBND\n{OPENING}").as_dict()["symbol"] == "QĐ-UBND"


def test_wide_gaps_between_the_words_of_a_salutation_do_not_hide_it() -> None:
    assert read("UBND XÃ A\nSố: 5/UBND-VX\nKính    gửi   : Các thôn.\n").as_dict()["recipients"] == ["Các thôn"]


@pytest.mark.parametrize(
    "stamped",
    [
        "{head}\nUBND HUYỆN SUỐI MƠ\nĐẾN Số: 4510\nNgày: 08/10/2024\nChuyển: ……\n",
        "CÔNG VĂN ĐẾN\nSố: 4510\nNgày 08/10/2024\n{head}",
        "HUYỆN SUỐI MƠ\nĐẾN\nSố: 4510\nNgày: 08 tháng 10 năm 2024\n\n{head}",
        "ĐẾN\nGiờ: 8h30\nNgày: 12/10/2024\n{head}",
        "{head}Số đến: 31\nNgày đến: 4/10/2024\n",
        "{head}\n> **PHÒNG VĂN HÓA**\n> **ĐẾN** Số: 81\n> Ngày: 8/10/2024\n",
    ],
)
def test_the_stamp_of_the_office_that_received_a_letter_is_no_part_of_its_head(stamped: str) -> None:
    head = f"SỞ TƯ PHÁP\n{MOTTO}Số: 77/STP-VP\nV/v gửi số liệu\nSuối Mơ, ngày 02 tháng 10 năm 2024\n"
    letter = read(stamped.format(head=head) + OPENING).as_dict()
    assert [letter[field] for field in ("issuer", "issuer_parent", "number", "symbol", "date", "abstract")] == [
        "SỞ TƯ PHÁP",
        None,
        "77",
        "STP-VP",
        "2024-10-02",
        "gửi số liệu",
    ]
    assert [due["date"] for due in letter["deadlines"]] == ["2024-12-20"]


def test_a_province_that_lost_its_mark_gets_it_back() -> None:
    letter = read(f"ỦY BAN NHÂN DÂN\nTÍNH SUỐI MƠ\n{MOTTO}Số: 5/UBND-VX\nV/v cách tính điểm\n{OPENING}").as_dict()
    assert (letter["issuer"], letter["abstract"]) == ("ỦY BAN NHÂN DÂN TỈNH SUỐI MƠ", "cách tính điểm")
    assert (
        read(f"UBND TÌNH SUỐI MƠ\nSỞ Y TẾ\n{MOTTO}Số: 5/SYT-VP\n{OPENING}").as_dict()["issuer_parent"]
        == "UBND TỈNH SUỐI MƠ"
    )


@pytest.mark.parametrize("printed", ["ngày    tháng 10 năm", "ngày … tháng 10 năm …", "ngày 5 tháng 10 năm 20..."])
def test_a_head_that_gives_the_month_alone_can_still_be_compared_with_deadlines(printed: str) -> None:
    letter = read(f"UBND XÃ A\n{MOTTO}Số: 12/UBND\nSuối Mơ, {printed}\n{OPENING}").as_dict()
    assert (letter["place"], letter["date"]) == ("Suối Mơ", {"month": 10})
    assert [due["date"] for due in letter["deadlines"]] == ["2024-12-20"]
