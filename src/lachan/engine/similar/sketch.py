"""A wording in a few numbers, of which copies of one text share some.

MinHash by one permutation (Li, Owen, Zhang, "One Permutation Hashing", 2012) with the empty places filled as Shrivastava
("Optimal Densification for Fast and Accurate Minwise Hashing", 2017) says, cut into bands (Indyk and Motwani, 1998).
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from random import Random
from zlib import crc32

from lachan.engine.similar.saving import little

BANDS = 12
ROWS = 3
_PLACES = BANDS * ROWS
_SIZE = ROWS * 4  # bytes
_MASK = 0xFFFFFFFF
_WAYS = tuple(
    tuple(Random(f"place {place}").choices(range(_PLACES), k=8 * _PLACES))  # noqa: S311 - a fixed table, nothing secret
    for place in range(_PLACES)
)
"""Where an empty place looks for a full one: the same everywhere and always."""


def bands(wording: array[int]) -> list[int]:
    """`BANDS` numbers of 32 bits, for a wording of a word or more. Two wordings share each of them with probability J³.

    J is the Jaccard coefficient of their words and pairs of words.
    """
    pieces = [one ^ two >> 1 for one, two in pairwise(wording)]
    pieces += wording  # words are numbers drawn at random already
    pieces.sort(reverse=True)
    least = {piece % _PLACES: piece for piece in pieces}
    row = array("I", [least[place] if place in least else _filled(place, least) for place in range(_PLACES)])
    written = little(row).tobytes()
    return [crc32(written[start : start + _SIZE], start) for start in range(0, len(written), _SIZE)]


def _filled(place: int, least: dict[int, int]) -> int:
    for other in _WAYS[place]:
        if other in least:
            return least[other]
    return min(least.values())


def whole(wording: array[int]) -> int:
    """A number of 32 bits that the same words in the same order share, and hardly others."""
    return crc32(little(wording), _MASK)
