"""Official documents read: text in, letter out, every field with its place and certainty."""

from lachan.engine.letters.found import DOUBTFUL, Field, Found, Span
from lachan.engine.letters.letter import Letter
from lachan.engine.letters.reader import read

__all__ = ["DOUBTFUL", "Field", "Found", "Letter", "Span", "read"]
