"""Official documents read: file in, text out; text in, letter out, every field with its place and certainty."""

from lachan.engine.letters.files.extract import MAX_BYTES, Extracted, extract
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.letters.found import DOUBTFUL, Field, Found, Span
from lachan.engine.letters.letter import Letter
from lachan.engine.letters.reader import read

__all__ = [
    "DOUBTFUL",
    "MAX_BYTES",
    "Extracted",
    "Field",
    "Found",
    "Letter",
    "Reason",
    "Span",
    "Unreadable",
    "extract",
    "read",
]
