"""Where a signature and a seal are drawn on the page (Decree 30/2020/NĐ-CP, Appendix I, part I, II.7.d and II.8)."""

from dataclasses import dataclass

from lachan.engine.layout import SigningPlace

SIGNATURE = 54.0  # mm; the picture of a signature stands midway between position and name
SEAL = 26.0  # mm; as high as the room for a signature lets a seal be
OVERLAP = 1 / 3  # of the signature, on its left, that the seal covers (II.8)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: the page from 1, mm from its upper left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float


def signature_box(place: SigningPlace) -> Box:
    """The box of a signature: in the middle of the room the layout leaves for it."""
    width = min(SIGNATURE, place.width)
    height = min(place.height, 25.0)
    left = place.left + (place.width - width) / 2
    return Box(place.page, left, place.top + (place.height - height) / 2, width, height)


def seal_box(place: SigningPlace) -> Box:
    """The box of the agency's seal: over a third of the signature, on its left."""
    signature = signature_box(place)
    middle = signature.top + signature.height / 2
    return Box(place.page, signature.left + signature.width * OVERLAP - SEAL, middle - SEAL / 2, SEAL, SEAL)
