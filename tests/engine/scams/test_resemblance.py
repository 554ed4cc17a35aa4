"""Names are told by the pieces they share with those of reported sites; nothing of a site's name is kept."""

import random
from math import fsum
from string import ascii_lowercase

import pytest

from lachan.engine.scams import Level, check, knowledge, sites
from lachan.engine.scams.domains import split
from lachan.engine.scams.resemblance import FILE, Table, learnt, pieces
from lachan.engine.scams.resemblance_training import is_held_out, ordinary, train

FEWEST_FOUND = 0.65


@pytest.fixture
def no_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "reported", tuple)


@pytest.mark.usefixtures("no_reports")
def test_most_reported_sites_that_were_not_learnt_from_are_told_by_their_name() -> None:
    rng = random.Random(0)
    chosen = [host for listed in _lists() for host in rng.sample([one for one in listed if is_held_out(one)], 100)]
    sites.facts.cache_clear()
    raised = sum(check(f"http://{host}/").level is not Level.NONE for host in chosen)
    sites.facts.cache_clear()
    assert raised >= FEWEST_FOUND * len(chosen)


def _lists() -> list[list[str]]:
    return [(knowledge.HERE / "reported" / row["file"]).read_text().split() for row in knowledge.rows("reported.csv")]


def test_a_name_tells_which_of_its_parts_are_like() -> None:
    name = split("nhanqua-vay247.top")
    assert learnt().score(name) >= learnt().at
    assert learnt().told(name)
    assert all(part in "nhanqua-vay247.top" for part in learnt().told(name))


@pytest.mark.parametrize("host", ["ebola-virus.org", "sajkw1.top", "www.skt111.com"])
def test_a_name_is_as_like_in_whatever_order_its_pieces_are_added(host: str) -> None:
    name, table = split(host), learnt()
    added = [table.pieces.get(piece, 0.0) for piece in sorted(pieces(name))]
    assert table.score(name) == fsum([*added, table.bias])


def test_the_table_is_small_and_holds_no_name_of_a_site() -> None:
    assert FILE.stat().st_size <= 600_000
    longest = max((piece for piece in learnt().pieces if piece[0] not in ".~" and ":" not in piece), key=len)
    assert len(longest) <= 6


def test_what_stands_before_the_registered_name_is_not_looked_at() -> None:
    assert pieces(split("www.vidu.com")) == pieces(split("vidu.com"))


def test_learning_tells_lures_from_well_known_names_and_from_ordinary_words() -> None:
    table = _small()
    lure, known, ordinary_name = (
        table.score(split(host)) for host in ("nhanqua777.top", "northbridge.com", "vantai.vn")
    )
    assert lure >= table.at
    assert lure > max(known, ordinary_name)


def test_learning_from_the_same_lists_gives_the_same_table() -> None:
    assert _small() == _small()


def _small() -> Table:
    lures = [f"nhanqua{number}.top" for number in range(200)]
    known = [
        f"{word}{letter}.com" for word in ("north", "river", "stone", "green", "bridge") for letter in ascii_lowercase
    ]
    return train(lures, known, [["công ty vận tải", "cửa hàng giày dép"] * 20])


def test_made_up_names_are_words_that_follow_one_another() -> None:
    (host,) = ordinary(["vận tải"], random.Random(1))
    assert host.startswith(("vantai", "vietvantai"))
