"""A wording in a few numbers, of which copies of one text share some.

MinHash by one permutation (Li, Owen, Zhang, "One Permutation Hashing", 2012) with the empty places filled as Shrivastava
("Optimal Densification for Fast and Accurate Minwise Hashing", 2017) says, cut into bands (Indyk and Motwani, 1998).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from random import Random
from zlib import crc32

from lachan.engine.similar.saving import little

BANDS = 12
ROWS = 3
_PLACES = BANDS * ROWS
_MASK = 0xFFFFFFFF
_WAYS = tuple(
    tuple(Random(f"place {place}").choices(range(_PLACES), k=8 * _PLACES))  # noqa: S311 - a fixed table, nothing secret
    for place in range(_PLACES)
)
"""Where an empty place looks for a full one: the same everywhere and always."""


def bands(wording: Sequence[int]) -> list[int]:
    """`BANDS` numbers of 32 bits, for a wording of two words or more. Two wordings share each of them with probability J³.

    J is the Jaccard coefficient of their words and pairs of words.
    """
    following = iter(wording)
    next(following)
    pieces = {(one * 0x9E3779B1 + two) & _MASK for one, two in zip(wording, following, strict=False)}
    pieces.update(wording)  # words are numbers drawn at random already
    least = {piece % _PLACES: piece for piece in sorted(pieces, reverse=True)}
    row = iter([least[place] if place in least else _filled(place, least) for place in range(_PLACES)])
    return [
        ((a * 0x9E3779B1) ^ (b * 0x85EBCA77) ^ (c * 0xC2B2AE3D)) >> 13 & _MASK
        for a, b, c in zip(row, row, row, strict=True)
    ]


def _filled(place: int, least: dict[int, int]) -> int:
    for other in _WAYS[place]:
        if other in least:
            return least[other]
    return min(least.values())


def whole(wording: array[int]) -> int:
    """A number of 32 bits that the same words in the same order share, and hardly others."""
    return crc32(little(wording))
