"""A message is posted to an address outside, which is trusted with nothing: not with our network, our time or our memory."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer

from lachan.engine.webhooks import Target, is_public

CONNECTING = 5  # seconds
PATIENCE = 10  # seconds for the whole of it, also where a byte comes now and then
MOST = 2000  # octets of an answer that are read
TRIED = 2  # of the addresses that a name has


@dataclass(frozen=True)
class Answered:
    """The status that came back, with the first of its words; or no status, and why none came."""

    status: int | None
    words: str


def post(target: Target, body: str, headers: Mapping[str, str], *, inside: bool) -> Answered:
    """Post a message. No redirect is followed. `inside`: it may go to this machine and this network.

    A name is looked up once, judged by all the addresses it has, and called by one of these: it cannot be another one meanwhile.
    """
    try:
        with closing(_line_to(target, inside=inside)) as line:
            return _answer(target, line, body, headers)
    except (OSError, HTTPException, UnicodeError) as trouble:
        return Answered(None, getattr(trouble, "strerror", None) or str(trouble) or type(trouble).__name__)


def _line_to(target: Target, *, inside: bool) -> socket.socket:
    found = [str(at[4][0]) for at in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)]
    if not inside and not all(is_public(address) for address in found):
        raise OSError("the name leads to an address inside this network")
    trouble = OSError("the name has no address")
    for address in found[:TRIED]:
        try:
            line = socket.create_connection((address, target.port), timeout=CONNECTING)
        except OSError as problem:
            trouble = problem
            continue
        line.settimeout(PATIENCE)
        if target.is_secure:
            return _trust().wrap_socket(line, server_hostname=target.host, do_handshake_on_connect=False)
        return line
    raise trouble


@cache
def _trust() -> ssl.SSLContext:
    """Certificates are checked against those this machine trusts."""
    return ssl.create_default_context()


def _answer(target: Target, line: socket.socket, body: str, headers: Mapping[str, str]) -> Answered:
    watch = Timer(PATIENCE, _hang_up, [line])
    watch.daemon = True
    watch.start()
    try:
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        kind = HTTPSConnection if target.is_secure else HTTPConnection
        connection = kind(target.host, target.port)
        connection.sock = line
        connection.request("POST", target.path, body.encode(), dict(headers))
        answer = connection.getresponse()
        return Answered(answer.status, answer.read(MOST).decode(errors="replace"))
    finally:
        watch.cancel()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
