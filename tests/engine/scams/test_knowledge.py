"""The knowledge files are whole, and the linter finds what would be wrong with them."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lachan.engine.scams import knowledge
from lachan.engine.scams.knowledge.lint import counts, problems
from lachan.engine.scams.knowledge.patterns import BadPattern, Gap, OneOf, read


def test_the_knowledge_has_no_problem() -> None:
    assert problems() == []


def test_every_file_can_be_loaded() -> None:
    everything: list[Callable[[], object]] = [
        knowledge.types,
        knowledge.signs,
        knowledge.official,
        knowledge.senders,
        knowledge.brands,
        knowledge.shorteners,
        knowledge.free_hosts,
        knowledge.endings,
        knowledge.hotlines,
        knowledge.banks,
        knowledge.reported,
    ]
    assert all(load() for load in everything)


def test_importing_the_knowledge_reads_no_file() -> None:
    script = (
        "import pathlib, builtins, sys\n"
        "import lachan.engine.scams.knowledge as k\n"
        "assert all(f.cache_info().currsize == 0 for f in (k.types, k.signs, k.official, k.reported))\n"
        "assert 'django' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_each_entry_is_counted_with_its_source() -> None:
    assert all(0 <= one.with_source <= one.entries for one in counts())


def test_the_knowledge_is_broad() -> None:
    with_advice_on_all_forms = {number for one in knowledge.types().values() for number in one.handbook}
    assert with_advice_on_all_forms == set(range(1, 25))
    assert {code for one in knowledge.signs().values() for code in one.types} == set(knowledge.types())
    assert len(knowledge.signs()) >= 120
    assert len(knowledge.official()) >= 300


def test_what_a_warning_says_bars_every_sign_but_the_genuine() -> None:
    signs = [one for one in knowledge.signs().values() if one.patterns]
    warned = set(knowledge.warned())
    assert len(warned) >= 10
    assert all(warned <= set(one.excluded_by) for one in signs if one.role not in {"genuine", "form"})
    assert not any(warned & set(one.excluded_by) for one in signs if one.role == "genuine")


def test_a_pattern_is_read_as_places() -> None:
    lists = {"police": ["công an", "tòa án"]}
    assert read("xưng *3 {police}|cảnh_sát tiền|<money>", lists) == (
        OneOf((("xưng",),)),
        Gap(3),
        OneOf((("công", "an"), ("tòa", "án"), ("cảnh", "sát"))),
        OneOf((("tiền",),), ("money",)),
    )


@pytest.mark.parametrize("pattern", ["", "*3 a", "a *9 b", "a <thing>", "{nobody}", "a|", "a.b", "*x", "a *2"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        read(pattern, {})


WRONG = [
    ("official.csv", "vietcombank.com.vn,", "Vietcombank.com.vn,", "tên miền viết thường"),
    ("official.csv", "Vietcombank,bank", "Vietcombank,bnk", "kind phải là"),
    ("brands.csv", "Vietcombank,vietcombank.com.vn", "Vietcombank,vietcombank.xyz", "không có trong official.csv"),
    ("banks.csv", "970436", "97043", "bin có 6 chữ số"),
    ("hotlines.csv", "\n113,", "\nMột,", "chữ số"),
    ("types.toml", 'code = "fake_authority_call"', 'code = "other_call"', "không có hình thức fake_authority_call"),
    ("signs.toml", 'role = "claim"', 'role = "clam"', "role phải là"),
    ("signs.toml", "{police}", "{polis}", "không có danh sách từ này"),
    ("signs.toml", "[[sign]]", "[[sign]", "không đọc được"),
    ("schemes.toml", 'type = "', 'type = "no_', "không có hình thức no_"),
    ("schemes.toml", "\nqr = [", "\nqrs = [", "ý không có trong ideas: qr"),
    ("schemes.toml", "{police}", "{polis}", "không có danh sách từ này"),
    ("schemes.toml", "\nweight = 3", "\nweight = 9", "weight từ trên 0 đến 6"),
    ("reported.csv", "hostsvn-threat.txt", "none.txt", "danh sách không có"),
    ("shorteners.csv", "\nbit.ly,", "\nvietcombank.com.vn,", "tên miền chính thức"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "told"), WRONG)
def test_the_linter_tells_what_is_wrong(tmp_path: Path, file: str, right: str, wrong: str, told: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge.HERE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    found = problems(folder)
    assert [one for one in found if told in one.what] != []
