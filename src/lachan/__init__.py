"""Lá Chắn: a province's campaign against online scams, and every citizen's shield."""

__version__ = "0.1.0"
