"""Parts of a letter that the gold answers do not cover: form, bodies, titles, copies, doubt."""

from pathlib import Path

from lachan.engine.letters import Letter, read

CASES = Path(__file__).parent / "cases"


def case(name: str) -> Letter:
    return read((CASES / f"{name}.txt").read_text(encoding="utf-8"))


def test_a_form_in_a_table_gives_units_and_whom_each_row_is_for() -> None:
    form = case("cv-bang-stroke").form
    assert form is not None
    assert form.title == "BÁO CÁO KẾT QUẢ THÁNG HÀNH ĐỘNG"
    rows = [(row.value.number, row.value.text, row.value.unit, row.value.applies_to) for row in form.indicators]
    assert rows == [("1", "Số tin, bài đã đăng", "tin, bài", None), ("2", "Số lượt phát thanh", "lượt", "UBND cấp xã")]


def test_a_form_flattened_into_lines_gives_questions_and_rows() -> None:
    form = read(
        "Số: 1/UBND-VX\nV/v báo cáo\nKính gửi: Các xã.\nĐề nghị báo cáo./.\nNơi nhận:\n- Lưu: VT.\nPHỤ LỤC\nBÁO CÁO KẾT QUẢ\n"
        "1. Thông tin chung\n- Tên đơn vị: ………………\n- Khó khăn, vướng mắc trong quá\ntrình thực hiện:……………\n"
        "2. Số liệu\nSTT Nội dung Số lượng Ghi chú\n"
        "1\nTổng số buổi\ntuyên truyền\n2 Tổng số học sinh tham gia\n Dành cho các\ntrường học\n"
    ).form
    assert form is not None
    assert [question.value for question in form.questions] == [
        "Tên đơn vị",
        "Khó khăn, vướng mắc trong quá trình thực hiện",
    ]
    assert [(row.value.text, row.value.applies_to) for row in form.indicators] == [
        ("Tổng số buổi tuyên truyền", None),
        ("Tổng số học sinh tham gia", "các trường học"),
    ]


def test_tasks_name_their_bodies_and_due_dates() -> None:
    first, *_, last = case("cv-so-y-te").tasks
    assert first.value.number == "1"
    assert [due.date for due in first.value.due] == ["2024-07-20"]
    assert "Sở Y tế" in last.value.bodies


def test_a_heading_in_the_line_above_does_not_run_into_the_name_of_a_body() -> None:
    tasks = case("pdf-kh-tinh-chuyen-doi").tasks
    assert [task.value.bodies[0] for task in tasks] == [
        "Sở Thông tin và Truyền thông",
        "Công an tỉnh",
        "Sở Tài chính",
        "UBND các huyện, thành phố",
    ]


def test_legal_bases_carry_their_titles() -> None:
    bases = {found.value.title for found in case("qd-phe-duyet").references if found.value.basis}
    assert "Luật Giao dịch điện tử" in bases
    assert "Luật Tổ chức chính quyền địa phương" in bases


def test_the_copy_list_is_read_to_the_file_line() -> None:
    assert [copy.value for copy in case("tb-ket-luan").copies][-1] == "Lưu: VT, KTN"


def test_a_blank_day_is_flagged_for_a_person_to_look_at() -> None:
    letter = case("cv-thieu-dau")
    assert letter.date is None
    doubtful = {
        field.name
        for field in read("Kính gửi: Ông A\nĐề nghị nộp hồ sơ định kỳ hằng năm, báo cáo Sở.").fields
        if field.doubtful
    }
    assert "doc_type" in doubtful
    assert "deadlines" in doubtful


def test_a_misread_word_is_put_right_and_marked_as_less_certain() -> None:
    abstract = case("cv-ocr").abstract
    assert abstract is not None
    assert "lừa đảo" in abstract.value
    assert abstract.certainty < 0.75


def test_a_deadline_before_the_letter_is_history() -> None:
    head = "Số: 9/UBND-VX\nHà Nội, ngày 10 tháng 5 năm 2024\nKính gửi: Các xã.\n"
    text = f"{head}Xã A đã nộp báo cáo trước ngày 01/4/2024. Đề nghị gửi trước 20/5."
    assert [found.value.date for found in read(text).deadlines] == ["2024-05-20"]


def test_a_deadline_in_january_of_a_december_letter_falls_in_the_next_year() -> None:
    text = "Số: 9/UBND-VX\nHà Nội, ngày 10 tháng 12 năm 2024\nKính gửi: Các xã.\nĐề nghị gửi báo cáo trước ngày 05/01."
    assert [found.value.date for found in read(text).deadlines] == ["2025-01-05"]
