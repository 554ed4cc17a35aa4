"""Recipients resolved to units: cases as data, on a made-up province."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.addressing import AddressableGroup, AddressableUnit, How, resolve
from lachan.engine.vietnamese import fold, normalise
from lachan.orgs.official import read_groups

CASES = Path(__file__).with_name("cases")
RECIPIENTS = json.loads((CASES / "recipients.json").read_text(encoding="utf-8"))
GROUPS = [AddressableGroup(row.code, frozenset(row.kinds), row.phrases, row.direct) for row in read_groups()]


def read_units() -> list[AddressableUnit]:
    paths: dict[str, tuple[int, ...]] = {"": ()}
    units = []
    with (CASES / "units.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            paths[row["key"]] = (*paths[row["parent"]], int(row["key"]))
            units.append(AddressableUnit(int(row["key"]), row["name"], row["kind"], row["level"], paths[row["key"]]))
    return units


UNITS = read_units()


@pytest.mark.parametrize("case", RECIPIENTS, ids=lambda case: f"{case['issuer']}-{case['line']}")
def test_a_line_reaches_the_units_it_means(case: dict) -> None:
    parts = resolve([case["line"]], UNITS, GROUPS, case["issuer"])
    assert [[part.part, sorted(part.unit_keys)] for part in parts] == case["parts"]
    if "how" in case:
        assert [part.how for part in parts] == [case["how"]]


@given(
    st.lists(st.sampled_from([case["line"] for case in RECIPIENTS]), max_size=4), st.sampled_from([None, 1, 3, 20, 30])
)
def test_nothing_in_a_line_is_dropped_and_nobody_outside_the_tree_is_addressed(
    lines: list[str], issuer: int | None
) -> None:
    keys = {unit.key for unit in UNITS}
    parts = resolve(lines, UNITS, GROUPS, issuer)
    assert {part.line for part in parts} == set(lines)
    assert all(set(part.unit_keys) <= keys and (part.certainty > 0) == part.settled for part in parts)


@given(st.text("các sở UBND huyện,;:()- và trừ Bến Đá như trên", max_size=60))
def test_any_text_is_read_without_a_fall_and_comes_back(text: str) -> None:
    parts = resolve([text], UNITS, GROUPS, 1)
    assert all(part.part in normalise(text) or part.part in text for part in parts)


@pytest.mark.parametrize("line", ["UBND các huyện, thị xã, thành phố", "Sở Y tế", "Uỷ ban nhân dân huyện Quan Hoà"])
def test_a_line_typed_without_marks_is_understood_less_surely(line: str) -> None:
    [sure] = resolve([line], UNITS, GROUPS, 1)
    [unsure] = resolve([fold(line)], UNITS, GROUPS, 1)
    assert unsure.unit_keys == sure.unit_keys
    assert unsure.certainty < sure.certainty


def test_namesakes_are_candidates_for_a_person_to_choose_from() -> None:
    [part] = resolve(["UBND xã Tân Lập"], UNITS, GROUPS, 1)
    assert (part.how, part.candidates, part.settled) == (How.AMBIGUOUS, (31, 33), False)


LETTERS = Path(__file__).resolve().parents[3] / "shared" / "letters"


@pytest.mark.skipif(not LETTERS.exists(), reason="the sample letters are not on this machine")
def test_the_sample_letters_find_their_groups() -> None:
    unmatched = []
    for file in sorted(LETTERS.glob("*.json")):
        recipients = json.loads(file.read_text(encoding="utf-8"))["recipients"] or []
        issuer = 30 if any("xã" in line for line in recipients if "thị xã" not in line) else 3
        unmatched += [part.part for part in resolve(recipients, UNITS, GROUPS, issuer) if not part.settled]
    assert len(unmatched) <= 6  # bodies by name of those provinces, which the made-up one has not
    assert not any(fold(part).startswith(("cac ", "ubnd", "uy ban nhan dan")) for part in unmatched)
