"""`lachan letter read` on the command line."""

import json
from pathlib import Path

from click.testing import CliRunner

from lachan.project.letter_command import letter

TEXT = "UBND TỈNH LAM SƠN\nSố: 12/UBND-VX\nV/v góp ý\nLam Sơn, ngày 02 tháng 5 năm 2024\nKính gửi: Các sở.\n"
TEXT += "Đề nghị gửi trước ngày 20/5/2024.\n"


def run(path: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(letter, ["read", str(path), *options])
    return done.exit_code, done.output


def test_the_fields_of_a_letter_are_printed_as_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(TEXT, encoding="utf-8")
    code, output = run(tmp_path / "cv.txt", "--json")
    answer = json.loads(output)
    assert code == 0
    assert (answer["number"], answer["symbol"], answer["deadlines"][0]["date"]) == ("12", "UBND-VX", "2024-05-20")


def test_without_json_each_field_is_a_line_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(TEXT, encoding="utf-8")
    assert "date: 02/05/2024" in run(tmp_path / "cv.txt")[1]


def test_a_file_that_cannot_be_read_ends_with_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "cv.docx").write_bytes(b"PK\x03\x04broken")
    code, output = run(tmp_path / "cv.docx", "--json")
    assert code == 1
    assert "hỏng" in output
