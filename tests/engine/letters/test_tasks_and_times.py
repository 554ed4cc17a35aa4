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
