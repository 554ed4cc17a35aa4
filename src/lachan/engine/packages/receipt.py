"""What goes back: the package was taken, or refused and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from lachan.engine.packages.typed import read
from lachan.engine.packages.unfit import Unfit, Why

RECEIPT = "receipt.json"


@dataclass(frozen=True)
class Receipt:
    """About one package, named by its id and by the sum of its manifest."""

    package: str
    digest: str
    taken: bool
    reasons: tuple[str, ...]  # sentences; none when it was taken
    at: str

    def files(self) -> dict[str, bytes]:
        """As the file of a package of its own."""
        return {RECEIPT: json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()}


def read_receipt(files: Mapping[str, bytes]) -> Receipt:
    """As it stands in a package. Raises Unfit."""
    if RECEIPT not in files:
        raise Unfit(Why.LACKS, RECEIPT)
    return read(Receipt, files[RECEIPT], RECEIPT)
