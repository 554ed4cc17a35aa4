"""Signing PDF files (PAdES), and examining the signatures of any PDF."""

from lachan.engine.signing.boxes import Box, seal_box, signature_box
from lachan.engine.signing.examine import Examined, Standing, continues, examine
from lachan.engine.signing.sign import CannotSign, Key, prepare, sign
from lachan.engine.signing.stamps import Look, seal_look, signature_look

__all__ = [
    "Box",
    "CannotSign",
    "Examined",
    "Key",
    "Look",
    "Standing",
    "continues",
    "examine",
    "prepare",
    "seal_box",
    "seal_look",
    "sign",
    "signature_box",
    "signature_look",
]
