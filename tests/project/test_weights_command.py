"""`lachan weights`: learnt from a file, and measured on messages whose group was not learnt from."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lachan.project.weights_command import weights


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    file = tmp_path / "messages.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["id", "group", "text", "verdict"])
        for number in range(10):
            writer.writerow([f"a{number}", f"a{number}", f"mời nhận kiện hàng lạ số {number}", "scam"])
            writer.writerow([f"b{number}", f"b{number}", f"họp tổ dân phố lúc {number} giờ", "none"])
    return file


def test_weights_are_learnt_from_a_file(messages: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.json"
    assert CliRunner().invoke(weights, ["train", str(messages), "--out", str(out)]).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["words"]["kien hang"] > 0


def test_each_message_is_scored_without_its_group(messages: Path) -> None:
    asked = json.dumps({"id": "a3", "text": "mời nhận kiện hàng lạ số 3"})
    done = CliRunner().invoke(weights, ["out-of-fold", str(messages)], input=f"{asked}\n")
    answer = json.loads(done.output)
    assert answer["id"] == "a3"
    assert "words_of_lures" in {sign["sign"] for sign in answer["signs"]}
