"""Arrays of numbers as text, the same on every machine."""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode


def little(numbers: array[int]) -> array[int]:
    """The numbers with their least byte first, whatever the machine."""
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers


def packed(numbers: array[int] | bytearray) -> str:
    """The numbers as text."""
    return b64encode(little(numbers) if isinstance(numbers, array) else numbers).decode()


def unpacked(typecode: str, text: str) -> array[int]:
    """The numbers that `packed` has made text of."""
    numbers = array(typecode)
    numbers.frombytes(b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
