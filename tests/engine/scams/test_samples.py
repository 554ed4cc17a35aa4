from collections import Counter, defaultdict
from itertools import combinations

from samples import Sample, genuine, lures, unseen_genuine, unseen_lures, written

from lachan.engine.scams.knowledge import types
from lachan.engine.scams.training import TEACHING

SUBJECTS = """balance bank_notice charity chat debt_reminder delivery government health insurance official_link otp school
    shop tax telecom told traffic travel utility vneid warning work"""
NEARLY_THE_SAME = 0.6  # of the 5-character pieces of both


def everything() -> tuple[Sample, ...]:
    return lures() + genuine() + written() + unseen_lures() + unseen_genuine()


def test_each_id_is_used_once() -> None:
    assert [one for one, times in Counter(sample.id for sample in everything()).items() if times > 1] == []


def test_types_and_kinds_are_known() -> None:
    assert {sample.type for sample in lures()} <= set(types())
    assert {sample.type for sample in genuine()} == set(SUBJECTS.split())
    assert {sample.type for sample in unseen_lures()} == set(types())
    assert {sample.type for sample in unseen_genuine()} >= {*SUBJECTS.split(), "advice", "news"}
    assert {sample.kind for sample in everything()} == {"message", "story"}


def test_each_type_has_enough_samples() -> None:
    times = Counter(sample.type for sample in lures() + genuine())
    assert [one for one in times if times[one] < 8] == []
    assert len({sample.type for sample in lures()}) >= 46
    assert len(lures()) >= 360
    assert len(genuine()) >= 240


def test_no_sample_to_measure_by_is_nearly_the_same_as_another() -> None:
    pieces = {sample.id: _pieces(sample.text) for sample in everything()}
    alike = [pair for pair in _could_be_alike(pieces) if _likeness(*(pieces[one] for one in pair)) >= NEARLY_THE_SAME]
    assert alike == []


def _pieces(text: str) -> frozenset[str]:
    plain = " ".join(text.casefold().split())
    return frozenset(plain[at : at + 5] for at in range(max(1, len(plain) - 4)))


def _could_be_alike(pieces: dict[str, frozenset[str]]) -> set[tuple[str, str]]:
    """The pairs that share one of their rarest pieces: who shares none of so many cannot be nearly the same."""
    times = Counter(piece for those in pieces.values() for piece in those)
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, those in pieces.items():
        for piece in sorted(those, key=lambda piece: (times[piece], piece))[
            : int((1 - NEARLY_THE_SAME) * len(those)) + 1
        ]:
            holders[piece].append(name)
    return {
        pair
        for names in holders.values()
        for pair in combinations(names, 2)
        if not all(name.startswith(TEACHING) for name in pair) and _as_long(*(len(pieces[name]) for name in pair))
    }


def _as_long(one: int, other: int) -> bool:
    """Whether so many pieces and so many can be nearly the same."""
    return min(one, other) >= NEARLY_THE_SAME * max(one, other)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
