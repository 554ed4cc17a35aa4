"""The exchange as we speak to it: send a document, list what waits, fetch one, tell and hear of statuses.

The address and the token are settings; `lachan exchange-simulator` answers the same verbs on this machine (decision 0027).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from django.conf import settings

PATIENCE = 30  # seconds
LARGEST = 80 * 1024 * 1024


class Declined(Exception):
    """The exchange will not take it, however often it is tried."""


@dataclass(frozen=True)
class Exchange:
    """One exchange, by its address. What it does not answer raises OSError, and may be tried again."""

    url: str
    token: str = ""

    def send(self, envelope: bytes) -> str:
        """Hand over an envelope; the same one again is known. Gives the name the exchange has for it."""
        return str(self._asked("/documents", envelope)["id"])

    def waiting(self, code: str) -> list[str]:
        """Names of the documents for the agency that it has not taken yet."""
        return [str(one) for one in self._asked(f"/documents?{urlencode({'to': code})}")["ids"]]

    def document(self, name: str) -> bytes:
        """One of them."""
        return self._octets(f"/documents/{quote(name, safe='')}")

    def taken(self, name: str, code: str) -> None:
        """The agency has it safely."""
        self._octets(f"/documents/{quote(name, safe='')}/taken?{urlencode({'by': code})}", b"")

    def tell(self, status: bytes) -> None:
        """Say what became of a document."""
        self._asked("/statuses", status)

    def statuses(self, code: str) -> Mapping[str, bytes]:
        """What was said of the agency's documents and not yet heard, by name."""
        told = self._asked(f"/statuses?{urlencode({'to': code})}")["statuses"]
        return {str(one["id"]): str(one["xml"]).encode() for one in told}

    def heard(self, name: str) -> None:
        """It need not be said again."""
        self._octets(f"/statuses/{quote(name, safe='')}/heard", b"")

    def _asked(self, path: str, body: bytes | None = None) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._octets(path, body))
        return answer

    def _octets(self, path: str, body: bytes | None = None) -> bytes:
        headers = {"Content-Type": "application/xml", "Authorization": f"Bearer {self.token}"}
        asked = Request(self.url.rstrip("/") + path, data=body, headers=headers)  # noqa: S310 - the operator's own setting
        try:
            with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - the same
                return bytes(answer.read(LARGEST))
        except HTTPError as refusal:
            with refusal:
                if 400 <= refusal.code < 500 and refusal.code not in (401, 403, 408, 429):
                    raise Declined(f"{refusal.code} {refusal.read(200).decode(errors='replace')}") from refusal
            raise


def exchange() -> Exchange | None:
    """The one that is set up; none where none is."""
    return Exchange(settings.EXCHANGE_URL, settings.EXCHANGE_TOKEN) if settings.EXCHANGE_URL else None
