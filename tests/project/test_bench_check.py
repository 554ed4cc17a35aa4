"""`lachan bench check`: figures that are right, peers in the same folds, and a clear word on who is absent."""

import csv
import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from lachan.project.bench import recognition_speed
from lachan.project.bench.check import check
from lachan.project.bench.peers import spamassassin
from lachan.project.bench.peers.changes import disguised, unaccented
from lachan.project.bench.peers.trial import Message
from lachan.project.bench.ranking import Figures, Ranked, figures, told

LURES = (
    "Tài khoản bị khóa, đăng nhập http://ngan-hang-{n}.top trong {n} giờ",
    "Trúng thưởng xe máy, nộp phí {n}00k vào số tài khoản 00{n}123456 để nhận quà",
)
GENUINE = ("Tối thứ {n} họp tổ dân phố tại nhà văn hóa", "Con về ăn cơm lúc {n} giờ nhé, mẹ nấu canh chua")


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    file = tmp_path / "messages.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["id", "group", "text", "verdict"])
        for texts, verdict in ((LURES, "scam"), (GENUINE, "none")):
            for kind, text in enumerate(texts):
                for number in range(10):
                    writer.writerow([f"{verdict}{kind}{number}", f"{verdict}{number}", text.format(n=number), verdict])
    return file


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    for times, fewer in (("ROUNDS", 5), ("SAMPLES", 5), ("IMPORTS", 1), ("ADDITIONS", 1_000)):
        monkeypatch.setattr(recognition_speed, times, fewer)
    monkeypatch.setattr(recognition_speed, "HOSTILE", {"dots": "a."})


def run(*words: object) -> Result:
    return CliRunner().invoke(check, [str(word) for word in words])


def measured(*words: object) -> dict[str, Any]:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def ranked(*pairs: tuple[float, bool]) -> list[Ranked]:
    return [Ranked(score, bad, str(number)) for number, (score, bad) in enumerate(pairs)]


def test_bad_before_good_is_perfect() -> None:
    assert figures(ranked((0.9, True), (0.8, True), (0.1, False))) == Figures(1.0, 1.0, 1.0)


def test_equal_scores_put_nobody_first() -> None:
    assert figures(ranked((0.5, True), (0.5, False))) == Figures(0.5, 0.0, 0.0)


def test_one_percent_of_a_hundred_is_one_false_alarm_and_half_a_percent_is_none() -> None:
    good = [(0.1, False)] * 98
    found = figures(ranked((0.9, True), (0.8, False), (0.7, True), (0.6, False), (0.5, True), *good))
    assert found is not None
    assert (found.recall_at_1pct, found.recall_at_half_pct) == pytest.approx((2 / 3, 1 / 3))


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=30))
def test_a_message_that_weighs_two_counts_as_two_messages(pairs: list[tuple[int, bool]]) -> None:
    once = sorted(ranked(*pairs), key=lambda one: -one.score)
    twice = sorted((*once, *(one for one in once if one.group == "0")), key=lambda one: -one.score)
    one, two = figures(twice), figures(once, {one.group: 1 + (one.group == "0") for one in once})
    assert (one is None) == (two is None)
    assert one is None or two is None or one.ap == pytest.approx(two.ap)


def test_intervals_hold_the_value_and_groups_count_once() -> None:
    rows = [Ranked(9, True, "big")] * 9 + [Ranked(n, n % 2 == 0, str(n)) for n in range(8)]
    ap = told(rows)["ap"]
    assert ap["interval"][0] <= ap["value"] <= ap["interval"][1]
    assert ap["by_group"] < ap["value"]


def test_changed_texts_read_the_same_to_a_person() -> None:
    text = "Đăng nhập http://vidu.top/a ngay để nhận thưởng lớn"
    assert unaccented(text) == "Dang nhap http://vidu.top/a ngay de nhan thuong lon"
    assert disguised(text) == disguised(text)
    assert "http://vidu.top/a" in disguised(text)


def test_rules_and_learnt_words_are_measured_out_of_fold(messages: Path) -> None:
    found = measured(messages, "--only", "lachan", "--only", "lachan, rules only")
    assert found["messages"] == {"scam": 20, "caution": 0, "none": 20, "groups": 20, "beside": 0, "folds": 5}
    for system in found["systems"].values():
        assert system["scam"]["ap"]["value"] == 1.0
        assert system["levels"]["red_on_genuine"] == 0
    assert found["systems"]["lachan"]["train_s"] > found["systems"]["lachan, rules only"]["train_s"] == 0


@pytest.mark.skipif(not shutil.which("bogofilter"), reason="bogofilter is not installed")
def test_bogofilter_learns_from_the_other_folds(messages: Path) -> None:
    assert measured(messages, "--only", "bogofilter")["systems"]["bogofilter"]["scam"]["ap"]["value"] > 0.9


@pytest.mark.skipif(not find_spec("sklearn"), reason="requirements/bench.txt is not installed")
def test_tf_idf_learns_from_the_other_folds(messages: Path) -> None:
    assert measured(messages, "--only", "TF-IDF, SVM")["systems"]["TF-IDF, SVM"]["scam"]["ap"]["value"] > 0.9


@pytest.mark.skipif(not shutil.which("spamassassin"), reason="SpamAssassin is not installed")
def test_spamassassin_learns_what_it_is_given() -> None:
    learn = [
        Message("", "", text.format(n=number), verdict)
        for texts, verdict in ((LURES, "scam"), (GENUINE, "none"))
        for number in range(3)
        for text in texts
    ]
    bad, good = spamassassin.trial(learn, {"as_is": [LURES[0].format(n=7), GENUINE[0].format(n=7)]}).scores["as_is"]
    assert bad > good


def test_who_is_absent_is_named_with_the_remedy(messages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = measured(messages, "--only", "bogofilter", "--only", "lachan, rules only")
    assert found["absent"] == {"bogofilter": "apt install bogofilter"}
    assert list(found["systems"]) == ["lachan, rules only"]


def test_the_page_and_the_picture_show_what_was_measured(messages: Path, tmp_path: Path) -> None:
    page, drawn = tmp_path / "page.md", tmp_path / "picture.svg"
    assert run(messages, "--only", "lachan, rules only", "--markdown", page, "--svg", drawn).exit_code == 0
    assert "![" in page.read_text(encoding="utf-8")
    assert "| lachan, rules only | 1.000 (1.00–1.00)" in page.read_text(encoding="utf-8")
    assert "1.000" in drawn.read_text(encoding="utf-8")


def test_speed_alone_needs_no_file() -> None:
    found = measured()
    assert found["p99_ms"]["value"] >= found["p50_ms"] > 0
    assert "systems" not in found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,text\na,b\n", "verdict"),
        ("id,group,text,verdict\na,1,b,bad\n", "1"),
        ("id,group,text,verdict\na,1,b,scam\n", "messages.csv"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_in_a_sentence(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(content, encoding="utf-8")
    done = run(file, "--only", "lachan, rules only")
    assert done.exit_code == 2
    assert said in done.output


def test_how_fast_the_machine_is_stands_beside_the_figures() -> None:
    assert "mười triệu phép cộng bằng Python, giây" in run().output
