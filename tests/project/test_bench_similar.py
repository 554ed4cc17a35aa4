import unicodedata
from random import Random

import pytest
from samples import genuine, lures

from lachan.engine.scams import links
from lachan.project.bench.copies import agreement, copies, whole
from lachan.project.bench.gathering import Run, gather

TEXTS = tuple(one.text for one in (*lures(), *genuine())[:1200:12])


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        ("xxyy", 1.0, 1.0),
        ("xxxx", 0.3333, 1.0),
        ("wxyz", 1.0, 0.0),
        ("xxxy", 0.3333, 0.5),
    ],
)
def test_agreement_counts_pairs(found, precision, recall) -> None:
    told = agreement("aabb", found)
    assert (told["precision"], told["recall"]) == (precision, recall)


def test_copies_are_the_same_in_each_run_and_all_differ_from_the_text() -> None:
    text = "Quý khách đóng 500.000đ tại dien-luc.top trước 17h, quá hạn cắt điện"
    made = list(copies(text, 30, Random(3)))
    assert made == list(copies(text, 30, Random(3)))
    assert text not in made
    assert len(set(made)) == 30


def test_copies_change_links_amounts_marks_and_the_end() -> None:
    text = "Quý khách đóng 500.000đ tại dien-luc.top trước 17h, quá hạn cắt điện"
    made = list(copies(text, 60, Random(3)))
    hosts = {link.host for copy in made for link in links.find(copy)}
    assert len(hosts) > 20
    assert any("500" not in copy for copy in made)
    assert any(copy.isascii() for copy in made)
    assert any(unicodedata.is_normalized("NFC", copy) is False for copy in made)
    assert any(not copy.startswith("Quý khách") and "điện" in copy for copy in made)


def test_whoever_quotes_a_text_sends_a_copy_of_it() -> None:
    lure, other = "Quý khách trúng thưởng xe máy, gọi ngay 0912 000 111.", "Mai họp tổ dân phố lúc 19h ở nhà văn hóa"
    asked = f"Cho hỏi tin này có thật không: “{lure.rstrip('.')}”"
    assert whole([asked, lure, other, lure, f"{other}?", "họp"]) == (lure, other, f"{other}?", "họp")


@pytest.mark.parametrize("run", [Run("lachan", TEXTS, messages=600), Run("lachan", TEXTS, times=6)])
def test_messages_fall_into_their_clusters(run) -> None:
    told = gather(run)
    assert told["messages"] == 600
    assert told["f1"] >= 0.95
