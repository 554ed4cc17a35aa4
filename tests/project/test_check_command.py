"""`lachan check`, as a person and as a program use it."""

import json
import subprocess
import sys

from click.testing import CliRunner

from lachan.project.check_command import one, stream
from lachan.project.cli import main

LURE = "Tài khoản của bạn bị khóa, đăng nhập https://vietcombank.com.vn-xacthuc.top để mở lại"


def test_a_person_reads_what_it_is_why_and_what_to_do() -> None:
    said = one(LURE)
    assert said.startswith("Có dấu hiệu lừa đảo: ")
    assert "“https://vietcombank.com.vn-xacthuc.top”" in said
    assert "\n  1. " in said


def test_nothing_seen_is_not_called_safe() -> None:
    assert "không có nghĩa là an toàn" in one("Tối nay ăn gì")


def test_each_line_is_answered_in_order() -> None:
    said: list[str] = []
    assert stream([json.dumps({"id": "a", "text": LURE}), "", json.dumps({"id": "b", "text": "Chào em"})], said.append)
    answers = [json.loads(line) for line in said]
    assert [(answer["id"], answer["verdict"]) for answer in answers] == [("a", "scam"), ("b", "none")]
    assert answers[0]["signs"][0]["text"] in LURE


def test_a_line_that_cannot_be_read_is_answered_with_its_error() -> None:
    said: list[str] = []
    unfit = ["{", '{"text": 3}', "[" * 100_000, '{"id": NaN, "text": "ok"}']
    assert not stream([*unfit, json.dumps({"id": 1, "text": "ok"})], said.append)
    assert [json.loads(line).get("line") for line in said] == [1, 2, 3, 4, None]


def test_bytes_that_are_no_text_are_answered() -> None:
    said = CliRunner().invoke(main, ["check", "--jsonl"], input=b'{"text": "\xff\xfe"}\n{"text": "\\ud800"}\n')
    assert [json.loads(line)["verdict"] for line in said.output.splitlines()] == ["none", "none"]


def test_a_text_cannot_steer_the_terminal() -> None:
    assert not {"\x1b", "\u202e", "\u200b"}.intersection(
        one(LURE.replace("vietcombank", "viet\x1b[2J\u202ecom\u200bbank"))
    )


def test_the_engine_needs_no_django() -> None:
    code = "import sys; from lachan.engine import scams; scams.check('x'); assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
