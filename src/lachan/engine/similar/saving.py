"""Arrays of numbers as text, the same on every machine."""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode


def packed(numbers: array[int] | bytearray) -> str:
    """The numbers as text."""
    if isinstance(numbers, array) and sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return b64encode(numbers).decode()


def unpacked(typecode: str, text: str) -> array[int]:
    """The numbers that `packed` has made text of."""
    numbers = array(typecode)
    numbers.frombytes(b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
