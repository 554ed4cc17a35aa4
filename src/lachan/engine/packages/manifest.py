"""The first file of a package: what it is, from whom, for whom, and what else is in it."""

from dataclasses import dataclass
from enum import StrEnum

FORMAT = "lachan-package"
VERSION = 1


class Kind(StrEnum):
    REPORT = "report"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class Party:
    """A unit and the installation it works with, known by its public key."""

    code: str
    name: str
    key: str


@dataclass(frozen=True)
class Request:
    """The letter that asked for the report, and of a periodic report the period."""

    symbol: str
    dated_on: str  # ISO 8601, or empty
    title: str
    period: str = ""


@dataclass(frozen=True)
class Content:
    """One file of the package."""

    name: str
    octets: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Signed as a whole; the sums of the other files stand in it."""

    kind: Kind
    id: str  # made at random: no two packages have the same
    number: int  # 1, 2, 3 … of the reports that one unit sends another on one request
    title: str  # the report's number and symbol, and what it is about
    made_at: str
    sender: Party
    recipient: Party
    request: Request
    files: tuple[Content, ...] = ()
    format: str = FORMAT
    version: int = VERSION
