from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from samples import Sample, genuine, lures, unseen_genuine, unseen_lures, written

from lachan.engine.scams.knowledge import types
from lachan.engine.scams.training import TEACHING

SUBJECTS = """balance bank_notice charity chat debt_reminder delivery government health insurance official_link otp school
    shop tax telecom told traffic travel utility vneid warning work"""
NEARLY_THE_SAME = 0.6  # of the 5-character pieces of both
SHARED = 8  # of the rarest pieces of both: the more, the fewer pairs are compared whole


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
    assert [*_nearly_the_same({sample.id: _pieces(sample.text) for sample in everything()})] == []


def test_copies_that_are_only_just_nearly_the_same_are_found_too() -> None:
    pieces = {sample.id: _pieces(sample.text) for sample in genuine()}
    copies = {sample.id: _pieces(_copied(sample.text)) for sample in genuine()}
    planted = {(name, f"{TEACHING}{name}") for name in pieces if _are_nearly_the_same(pieces[name], copies[name])}
    found = _nearly_the_same(pieces | {f"{TEACHING}{name}": those for name, those in copies.items()})
    assert len(copies) / 4 < len(planted) < len(copies)
    assert planted - set(found) == set()


def _copied(text: str) -> str:
    return " ".join("khác" if place % 6 == 3 else word for place, word in enumerate(text.split()))


def _pieces(text: str) -> frozenset[str]:
    plain = " ".join(text.casefold().split())
    return frozenset(plain[at : at + 5] for at in range(max(1, len(plain) - 4)))


def _nearly_the_same(pieces: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of samples that are, where one of both is to measure by; that one comes first.

    They share `SHARED` of their rarest pieces: who shares fewer of so many cannot be nearly the same.
    """
    times = Counter(piece for those in pieces.values() for piece in those)
    rarest = {name: _rarest(those, times) for name, those in pieces.items()}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, those in rarest.items():
        for piece in those:
            holders[piece].append(name)
    for name, those in rarest.items():
        if not name.startswith(TEACHING):
            shared = Counter(chain.from_iterable(holders[piece] for piece in those))
            least = min(SHARED, NEARLY_THE_SAME * len(pieces[name]))
            for other, number in shared.items():
                if number >= least and name != other and _are_nearly_the_same(pieces[name], pieces[other]):
                    yield name, other


def _rarest(those: frozenset[str], times: Counter[str]) -> list[str]:
    return sorted(those, key=lambda piece: (times[piece], piece))[: int((1 - NEARLY_THE_SAME) * len(those)) + SHARED]


def _are_nearly_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    few, many = sorted((len(one), len(other)))
    return few >= NEARLY_THE_SAME * many and len(one & other) >= NEARLY_THE_SAME * len(one | other)
