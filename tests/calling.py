"""Another system calls the API in a test: `from calling import System, let_in`."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from cast import NOW
from django.test import Client

from lachan.api.actions.tokens import TokenDraft, make_token
from lachan.api.models import Token
from lachan.orgs.models import Person, Unit

_keys = count(1)


@dataclass
class System:
    """A system with a token of a unit."""

    secret: str
    token: Token
    client: Client = field(default_factory=Client)

    def get(self, address: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{address}", query, headers=self._headers())

    def send(self, method: str, address: str, body: Any = None, *, key: str = "") -> Any:
        """A write, each with a key of its own unless one is given."""
        headers = self._headers() | {"Idempotency-Key": key or f"key-{next(_keys):08}"}
        return self.client.generic(method, f"/api/v1{address}", *_as_json(body), headers=headers)

    def submit(self, obligation: int, answers: dict[str, Any], *, key: str = "", **more: Any) -> Any:
        return self.send("POST", f"/obligations/{obligation}/returns", {"answers": answers, **more}, key=key)

    def batch(self, rows: Any, *, key: str = "", approve: bool = False) -> Any:
        return self.send("POST", f"/returns?approve={str(approve).lower()}", rows, key=key)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def _as_json(body: Any) -> tuple[bytes, str]:
    if isinstance(body, bytes):
        return body, "application/x-ndjson"
    return (b"" if body is None else json.dumps(body).encode(), "application/json")


def let_in(unit: Unit, by: Person, *, days: int = 30, **rights: bool) -> System:
    """A system with a new token of `unit`, made by one of its people."""
    draft = TokenDraft("Phần mềm quản lý", days, **rights)
    token, secret = make_token(unit, draft=draft, request_key=f"token-{next(_keys)}", by=by, now=NOW)
    return System(secret, token)
