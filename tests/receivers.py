"""Systems that are told by webhooks in tests, as real web servers: `from receivers import Receiver, listening`."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Behaviour = Callable[["Receiver"], Answer | None]


def answers(status: int, **headers: str) -> Behaviour:
    return lambda _receiver: (status, headers, b"noted")


def never_answers(receiver: "Receiver") -> None:
    """Holds the line until the test is over."""
    receiver.over.wait()


@dataclass
class Receiver:
    """What came in, and how it answers."""

    url: str = ""
    behaviour: Behaviour = field(default_factory=lambda: answers(204))
    got: list[tuple[dict[str, str], str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.got]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]


@contextmanager
def listening(behaviour: Behaviour | None = None) -> Iterator[Receiver]:
    """A receiver on this machine."""
    receiver = Receiver()
    receiver.behaviour = behaviour or receiver.behaviour

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if answer := receiver.behaviour(receiver):
                status, headers, words = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(words if status != 204 else b"")

        def log_message(self, *_about: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/tin"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def is_signed(secret: str, headers: dict[str, str], body: str) -> bool:
    """Checks a signature as docs/api.md shows it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}"
    made = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(f"v1,{made}", one) for one in headers["webhook-signature"].split())
