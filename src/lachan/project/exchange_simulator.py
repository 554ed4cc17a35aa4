"""`lachan exchange-simulator`: an exchange of letters on this machine, to try agencies against each other. It keeps nothing."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import click

from lachan.engine.edxml import NotEdxml, read, read_status
from lachan.project.language import chosen, speak
from lachan.project.serving import told_to_end

_ = speak(chosen((), os.environ))


@dataclass
class Kept:
    """What went over the exchange, by a name made from its content: the same again is the same."""

    documents: dict[str, bytes] = field(default_factory=dict)
    addressed: dict[str, list[str]] = field(default_factory=dict)  # names of documents by the code they are for
    taken: set[tuple[str, str]] = field(default_factory=set)  # documents, by name, and who has them
    statuses: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # by name: for whom, and what
    heard: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


def simulator(port: int = 0) -> ThreadingHTTPServer:
    """The service on a loopback port (0: any free one), to be served and shut down by who made it."""
    kept = Kept()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with kept.lock:
                asked = urlsplit(self.path)
                self._answer(*posted(kept, asked.path, body, parse_qs(asked.query).get("by", [""])[0]))

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            with kept.lock:
                self._answer(*got(kept, unquote(asked.path), parse_qs(asked.query).get("to", [""])[0]))

        def _answer(self, status: int, said: Any) -> None:
            octets = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_words: Any) -> None:
            return

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def posted(kept: Kept, path: str, body: bytes, by: str) -> tuple[int, Any]:
    """What is answered to a document, a status, or that one was taken or heard."""
    name = hashlib.sha256(body).hexdigest()[:32]
    try:
        if path == "/documents":
            if name not in kept.documents:
                kept.documents[name] = body
                for one in read(body).recipients:
                    kept.addressed.setdefault(one.code, []).append(name)
            return 201, {"id": name}
        if path == "/statuses":
            message = read_status(body)
            kept.statuses.setdefault(name, (message.recipient, body))
            return 201, {"id": name}
    except NotEdxml as problem:
        kept.documents.pop(name, None)
        return 422, {"where": problem.where}
    *where, verb = path.split("/")
    if where[:2] == ["", "statuses"] and verb == "heard":
        kept.heard.add(where[2])
    elif where[:2] == ["", "documents"] and verb == "taken":
        kept.taken.add((where[2], by))
    else:
        return 404, {}
    return 200, {}


def got(kept: Kept, path: str, to: str) -> tuple[int, Any]:
    """What is answered to who asks for what waits, or for one document."""
    if path == "/documents":
        names = kept.addressed.get(to, [])
        return 200, {"ids": [one for one in names if (one, to) not in kept.taken]}
    if path == "/statuses":
        new = {name: body for name, (whose, body) in kept.statuses.items() if whose == to and name not in kept.heard}
        return 200, {"statuses": [{"id": name, "xml": body.decode()} for name, body in new.items()]}
    document = kept.documents.get(path.removeprefix("/documents/"))
    return (200, document) if document else (404, {})


@click.command(
    help=_("Trục liên thông mô phỏng trên máy này, để thử gửi và nhận văn bản. Không lưu gì. Ctrl-C để dừng.")
)
@click.option("--port", default=8700, show_default=True, type=click.IntRange(1, 65535), help=_("Cổng."))
def serve(port: int) -> None:
    with simulator(port) as service, told_to_end() as end:
        Thread(target=service.serve_forever, daemon=True).start()
        click.echo(_("Trục mô phỏng: LACHAN_EXCHANGE_URL=http://127.0.0.1:{port}").format(port=port))
        end.wait()
        service.shutdown()
    click.echo(_("Đã dừng."))
