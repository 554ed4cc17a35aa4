"""How swindlers write the same message differently: without marks, and with words disguised."""

import random
import unicodedata
from collections.abc import Callable

from lachan.project.bench.peers.trial import AS_IS

_LOOKS = str.maketrans("oilea", "01134")
_DISGUISED = 0.3  # of the words longer than three letters
_PARTED = 0.4  # of those: letters parted; the others have letters replaced by digits


def unaccented(text: str) -> str:
    """`text` as typed on a telephone without a Vietnamese keyboard."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def disguised(text: str) -> str:
    """`text` with some words parted by dots and dashes or with digits for letters; links stay. The same text, the same disguise."""
    chance = random.Random(text)  # noqa: S311 - the same in each run
    return " ".join(_disguised(word, chance) for word in text.split(" "))


def _disguised(word: str, chance: random.Random) -> str:
    if len(word) <= 3 or "." in word or "/" in word or chance.random() >= _DISGUISED:
        return word
    if chance.random() < _PARTED:
        return chance.choice(".-_*").join(word)
    return word.translate(_LOOKS)


CHANGES: dict[str, Callable[[str], str]] = {AS_IS: str, "unaccented": unaccented, "disguised": disguised}
