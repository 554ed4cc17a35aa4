"""`lachan check`, as a person and as a program use it."""

import json
import subprocess
import sys

from lachan.project.check_command import one, stream

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
    assert not stream(["{", '{"text": 3}', json.dumps({"id": 1, "text": "ok"})], said.append)
    assert [json.loads(line).get("line") for line in said] == [1, 2, None]


def test_the_engine_needs_no_django() -> None:
    code = "import sys; from lachan.engine import scams; scams.check('x'); assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
