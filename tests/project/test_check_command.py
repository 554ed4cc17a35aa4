"""`lachan check`, as a person and as a program use it."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lachan.project import check_command
from lachan.project.check_command import NOTHING_KNOWN, Asked, lines_of, stream
from lachan.project.cli import main

LURE = "Tài khoản của bạn bị khóa, đăng nhập https://vietcombank.com.vn-xacthuc.top để mở lại"
STORY = "Có người gọi xưng công an, bảo chuyển tiền vào tài khoản tạm giữ"
SOURCES = Path(check_command.__file__).parents[2]


def run(*words: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["check", *words], input=given)


def answers(*lines: object, known: Asked = NOTHING_KNOWN) -> list[dict[str, Any]]:
    said: list[str] = []
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    stream(written, said.append, known)
    return [json.loads(line) for line in said]


def test_a_person_reads_what_it_is_why_and_what_to_do() -> None:
    said = run(LURE).output
    assert said.startswith("CÓ DẤU HIỆU LỪA ĐẢO\nHình thức: ")
    assert "“https://vietcombank.com.vn-xacthuc.top”" in said
    assert said.index("\nVì sao\n") < said.index("\nNên làm\n  1. ")


def test_a_person_reads_six_reasons_at_most_and_each_once() -> None:
    reasons = [line.partition(":")[0] for line in run(LURE).output.splitlines() if "•" in line]
    assert 1 < len(reasons) == len(set(reasons)) <= 6


def test_nothing_seen_is_not_called_safe_and_still_says_what_to_do() -> None:
    said = run("Tối nay ăn gì").output
    assert "không có nghĩa là an toàn" in said
    assert "  1. " in said


def test_a_text_is_read_from_standard_input() -> None:
    assert run(given=LURE).output == run(LURE).output


def test_a_dash_is_standard_input() -> None:
    assert run("-", given=LURE).output == run(LURE).output


def test_the_name_of_a_file_is_not_judged_as_a_text(tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(LURE, encoding="utf-8")
    done = run(str(file))
    assert done.exit_code == 2
    assert "lachan check <" in done.output


def test_a_file_saved_as_unicode_on_windows_is_read() -> None:
    assert run(given=LURE.encode("utf-16")).output == run(LURE).output


def test_one_verdict_is_told_as_json_with_its_reasons() -> None:
    told = json.loads(run(LURE, "--json").output)
    assert told["verdict"] == "scam"
    assert told["signs"][0]["why"]
    assert told["signs"][0]["text"] in LURE


def test_a_story_is_judged_as_one() -> None:
    told = json.loads(run(STORY, "--kind", "story", "--json").output)
    assert (told["verdict"], told["scam_type"]) == ("scam", "fake_authority_call")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("  \n", "Chưa có nội dung"),
        (b"\x89PNG\r\n\x1a\n", "UTF-8"),
        ("Tài khoản bị khóa".encode("cp1258", "replace"), "UTF-8"),
        ("a\0b", "không phải văn bản"),
        ("a" * 1_000_001, "1000000"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_a_sentence(given: str | bytes, said: str) -> None:
    done = run(given=given)
    assert done.exit_code == 2
    assert said in done.output


def test_a_megabyte_is_judged() -> None:
    assert run(given="tài khoản bị khóa " * 50_000).exit_code == 0


def test_each_line_is_answered_in_order() -> None:
    told = answers({"id": "a", "text": LURE}, b"\n", {"id": "b", "text": "Chào em"})
    assert [(answer["id"], answer["verdict"]) for answer in told] == [("a", "scam"), ("b", "none")]


def test_a_line_is_answered_before_the_next_is_read() -> None:
    said: list[str] = []

    def lines() -> Iterator[bytes]:
        for number in range(3):
            assert len(said) == number
            yield json.dumps({"text": "Chào em"}).encode()

    assert stream(lines(), said.append)


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'{"text": 3}',
        b'{"id": 1}',
        b'{"text": "a", "kind": "letter"}',
        b'{"text": "a", "sender": 156}',
        b'{"text": "a", "id": NaN}',
        b'{"text": "\xe0"}',
        b"[" * 100_000,
        b'{"text": "' + b"a" * 1_000_001 + b'"}',
    ],
    ids=str,
)
def test_a_line_that_cannot_be_read_is_answered_with_its_number_and_the_next_is_read(line: bytes) -> None:
    problem, answer = answers(line, {"id": 2, "text": "Chào em"})
    assert problem["line"] == 1
    assert problem["error"]
    assert answer["id"] == 2


def test_a_line_without_end_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_command, "_LONGEST_LINE", 10)
    assert list(lines_of(io.BytesIO(b"a" * 95 + b"\nb\n" + b"c" * 10 + b"\n"))) == [
        b"a" * 11,
        b"b\n",
        b"c" * 10 + b"\n",
    ]


def test_half_of_a_pair_in_a_line_does_not_end_the_stream() -> None:
    done = run("--jsonl", given='{"id": "\\ud83d", "text": "tài khoản \\ud83d bị khóa"}\n')
    assert json.loads(done.output)["id"] == "\ud83d"


def test_an_answer_is_one_line_whatever_stands_in_the_text() -> None:
    said: list[str] = []
    text = "tài khoản bị khóa,\u2028 chuyển\u0085tiền vào tài khoản an toàn"
    stream([json.dumps({"id": "1", "text": text}).encode()], said.append)
    assert [len(answer.splitlines()) for answer in said] == [1]


def test_lines_that_do_not_say_their_kind_take_that_of_the_command() -> None:
    known = Asked(None, "", kind="story")
    assert answers({"text": STORY}, known=known) == answers({"text": STORY, "kind": "story"})


def test_the_command_tells_that_a_line_was_not_read() -> None:
    assert run("--jsonl", given="{\n").exit_code == 1
    assert run("--jsonl", given='{"text": "a"}\n').exit_code == 0


def test_the_engine_needs_python_alone() -> None:
    """No Django, nor anything else that is installed: -S leaves out all of it."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from lachan.engine import scams; verdict = scams.check(sys.argv[2]);"
        "assert verdict.level == 'scam'; assert 'django' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, SOURCES, LURE], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_text_is_judged_without_django_and_without_what_reads_pictures() -> None:
    code = (
        "import sys; from lachan.project.cli import main; main(['check', 'Chào em'], standalone_mode=False);"
        "assert not {'django', 'PIL', 'zxingcpp', 'pypdfium2'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_command_says_what_it_needs_where_the_engine_was_installed_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "lachan.project", "check", LURE],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCES},
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "Lệnh lachan cần gói click: pip install click, hoặc cài đủ bằng pip install lachan."


def test_the_knowledge_is_checked_without_django_and_the_site_says_that_it_is_missing() -> None:
    code = (
        "import sys; sys.modules['django'] = None; from lachan.project.cli import main;"
        "main([sys.argv[1]], prog_name='lachan')"
    )
    checked, site = (
        subprocess.run([sys.executable, "-c", code, command], check=False, capture_output=True, text=True)
        for command in ("knowledge", "openapi")
    )
    assert checked.returncode == 0, checked.stderr
    assert "schemes.toml" in checked.stdout
    assert site.returncode == 1
    assert "cần gói django" in site.stderr
    assert "Traceback" not in site.stderr


def _to(output: int, *, given: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; sys.modules['django'] = None; from lachan.project.cli import main;"
        "main(['check', '--jsonl'], prog_name='lachan')"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=False, input=given, stdout=output, stderr=subprocess.PIPE, text=True)


def test_where_nobody_reads_on_the_command_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = _to(writing, given='{"text": "a"}\n')
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_where_the_knowledge_cannot_be_read_the_check_of_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "signs.toml").write_text("weight = 2,5", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from lachan.engine.scams import knowledge; from lachan.project.cli import main;"
        "knowledge.HERE = Path(sys.argv[1]); main(['check', 'Chuyển tiền'], prog_name='lachan')"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Chạy `lachan knowledge`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_told_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = _to(full.fileno(), given='{"text": "a"}\n')
    assert done.returncode == 1
    assert done.stderr.strip() == "Lỗi: Hết chỗ để ghi kết quả. Hãy dọn ổ đĩa rồi chạy lại."


@pytest.mark.parametrize("option", ["--jsonl", "--image=/dev/null"])
def test_a_text_beside_a_stream_or_a_picture_is_refused_not_left_out(option: str) -> None:
    done = run(option, "chuyển tiền")
    assert done.exit_code == 2
    assert "NỘI DUNG không dùng cùng --jsonl hoặc --image" in done.output


def test_english_is_spoken_where_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LACHAN_LANGUAGE", "en")
    told = json.loads(run(LURE, "--json").output)
    assert told["signs"][0]["why"].isascii()
    assert told["advice"][0].isascii()
