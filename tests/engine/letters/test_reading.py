"""Fifty made-up letters, clean and damaged; and the real ones beside the project, where they are."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from damage import DAMAGES, Damage, unnumbered
from scoring import macro

from lachan.engine.letters import read

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
REAL = Path(__file__).resolve().parents[4] / "shared" / "letters"


def gold(path: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return answer


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_clean_letter_is_read_almost_without_fault(path: Path) -> None:
    assert macro([(gold(path), read(path.read_text(encoding="utf-8")).as_dict())]) > 0.9


def test_the_clean_letters_together_stay_at_the_mark_reached() -> None:
    assert macro((gold(path), read(path.read_text(encoding="utf-8")).as_dict()) for path in CASES) >= 0.995


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_on_the_way_costs_little(damage: Damage) -> None:
    luck = random.Random(7)
    pairs = []
    for path in CASES:
        text, wanted = path.read_text(encoding="utf-8"), gold(path)
        hurt = damage(text, luck)
        if damage is unnumbered and hurt != text:
            wanted["number"] = None
        pairs.append((wanted, read(hurt).as_dict()))
    assert macro(pairs) >= 0.985


@pytest.mark.skipif(not REAL.is_dir(), reason="the real letters are kept outside the project")
def test_real_letters_are_read_as_a_person_read_them() -> None:
    letters = sorted(REAL.glob("*.txt"))
    assert macro((gold(path), read(path.read_text(encoding="utf-8")).as_dict()) for path in letters) >= 0.97
