"""Tasks, times and targets in the turns of phrase that letters take, each on a few lines made up for it."""

from typing import Any

import pytest

from lachan.engine.letters import read

HEAD = "SỞ A\nSố: 9/SA-VP\nV/v tuyên truyền\nHà Nội, ngày 10 tháng 5 năm 2024\nKính gửi: Các xã.\n"


def answer(body: str, head: str = HEAD) -> dict[str, Any]:
    return read(f"{head}{body}\n").as_dict()


@pytest.mark.parametrize("end", ["2.", "II.", "II. ", "A. \n", "Phần"])
def test_a_mark_with_no_words_after_it_is_no_heading(end: str) -> None:
    assert answer(f"Đề nghị các xã báo cáo.\n{end}")["targets"] is None


@pytest.mark.parametrize(
    ("body", "start", "end"),
    [
        ("Tuyên truyền kỷ niệm ngày thành lập (28/3/1949 - 28/3/2025) trong toàn ngành.", None, None),
        ("Thời gian tuyên truyền: Từ 07h30 ngày 20/5/2024 đến trước 16h ngày 31/5/2024.", "2024-05-20", "2024-05-31"),
        ("Thời gian thực hiện:\n- Bắt đầu: ngày 20/5/2024.\n- Kết thúc: ngày 20/6/2024.", "2024-05-20", "2024-06-20"),
        ("2. Thời gian phát động: Tháng 6 năm 2024.", {"year": 2024, "month": 6}, {"year": 2024, "month": 6}),
    ],
)
def test_the_period_of_a_campaign(body: str, start: object, end: object) -> None:
    assert answer(body)["period"] == ({"from": start, "to": end} if end else None)


def test_a_report_on_the_first_half_of_a_year_does_not_run_in_its_second_half() -> None:
    head = "Số: 9/BC-SA\nHà Nội, ngày 10 tháng 6 năm 2024\nBÁO CÁO\nSơ kết 6 tháng đầu năm, phương hướng 6 tháng cuối năm 2024\n"
    assert answer("I. KẾT QUẢ", head)["period"] is None


def test_a_time_set_for_handing_in_falls_due_at_its_end() -> None:
    due = answer("Thời hạn nhận bài dự thi: từ 7 giờ 30 ngày 20/5/2024 đến trước 16 giờ ngày 31/5/2024.")["deadlines"]
    assert [one["date"] for one in due] == ["2024-05-31"]


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("Giao Chi cục C kiểm tra, trình UBND tỉnh trước ngày 20/6/2024.", ["2024-06-20"]),
        ("Gửi Chi cục Thống kê trước ngày 20/6/2024.", ["2024-06-20"]),
        ("Phòng Tổng hợp hoàn thành ngày 20/6/2024.", ["2024-06-20"]),
        ("Gửi báo cáo quý II trước ngày 15/6, quý III trước ngày 20/9/2024.", ["2024-06-15", "2024-09-20"]),
        ("Các xã duy trì băng rôn đến ngày 30/9/2024.", []),
        ("Số liệu tính đến ngày 15/6/2024.", []),
    ],
)
def test_what_falls_due_and_what_only_lasts(body: str, due: list[str]) -> None:
    assert [one["date"] for one in answer(body)["deadlines"] or []] == due


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (
            "Sở đề nghị các đồng chí Hiệu trưởng:\n\n1. Tuyệt đối không để lộ mật khẩu.\n\n2. Khi có sự cố, báo ngay cho Sở.",
            2,
        ),
        ("Sở yêu cầu:\n- Một là, giữ kín mật khẩu.\n- Hai là, không mở liên kết lạ.\n- Ba là, báo ngay sự cố.", 3),
        ("Một là, tổ chức tuyên truyền.\nHai là, kiểm tra thiết bị.\nBa là, báo cáo kết quả.", 3),
        ("Sở yêu cầu các xã:\nl. Tổ chức tuyên truyền.\n2. Kiểm tra thiết bị.\n3. Báo cáo kết quả.", 3),
        ("Sở yêu cầu các xã:\nI. Tổ chức tuyên truyền.\n2. Kiểm tra thiết bị.\n3. Báo cáo kết quả.", 3),
        (
            "Sở yêu cầu:\nI. Các phòng, các xã:\n1. Phòng Tổng hợp kiểm tra.\n2. Phòng Tài chính bố trí kinh phí.\n"
            "3. Các xã tuyên truyền.\nII. Tổ chức thực hiện\nCác đơn vị chịu trách nhiệm thi hành.",
            3,
        ),
        (
            "Sở có nhu cầu tiếp nhận báo giá máy in như sau:\nI. Thông tin bên mua\n1. Đơn vị: Sở A.\n2. Thời gian: tháng 6.\n"
            "II. Nội dung hàng hóa\nNhư phụ lục.",
            None,
        ),
    ],
)
def test_how_many_tasks_a_letter_sets(body: str, count: int | None) -> None:
    assert answer(f"{body}\nTrân trọng./.\nNơi nhận:\n- Lưu: VT.")["tasks_count"] == count


PLAN = "SỞ A\nSố: 9/KH-SA\nHà Nội, ngày 10 tháng 5 năm 2024\nKẾ HOẠCH\nTuyên truyền an toàn mạng\nI. MỤC TIÊU\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Tổ chức 04 lớp tập huấn cho giáo viên.", [(4, "lớp")]),
        ("Hằng năm tổ chức 02 cuộc diễn tập.", [(2, "cuộc/năm")]),
        ("Tổ chức 03 hội nghị, 01 cuộc thi, 05 mô hình.", [(3, "hội nghị"), (1, "cuộc thi"), (5, "mô hình")]),
        ("Nâng tỷ lệ từ 30% lên 55%.", [(55, "%")]),
        ("Tiếp nhận phản ánh trong 12 giờ.", []),
    ],
)
def test_what_a_plan_sets_out_to_reach(body: str, found: list[tuple[int, str]]) -> None:
    assert [(one["value"], one["unit"]) for one in answer(body, PLAN)["targets"] or []] == found


def test_the_words_of_a_target_begin_at_the_number_that_opens_its_line() -> None:
    assert answer("- 90% thôn có loa.", PLAN)["targets"][0]["text"].startswith("90% thôn")
