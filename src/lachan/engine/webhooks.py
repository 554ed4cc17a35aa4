"""Webhooks: where messages may go, and how they are signed, as Standard Webhooks 1.0 says (standardwebhooks.com)."""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

START = "whsec_"  # of a secret as it is shown
_PRINTABLE = re.compile(r"[!-~]+")
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Target:
    """An address to which a message is posted."""

    is_secure: bool
    host: str
    port: int
    path: str  # with what follows a question mark


class Wrong(StrEnum):
    NO_ADDRESS = "no_address"  # of HTTP, in ASCII, without a name and password in it
    NOT_SECURE = "not_secure"
    INSIDE = "inside"  # of this machine, or of a network of its own


def target_of(url: str) -> Target | None:
    """The parts of an address; None for what is none of HTTP, or has a name, a password or a fragment in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    plain = parts.username is None and parts.password is None and "#" not in url and _PRINTABLE.fullmatch(url)
    if parts.scheme not in ("http", "https") or not plain or port == 0 or not (_NAME.fullmatch(host) or _is_ip(host)):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_secure = parts.scheme == "https"
    return Target(is_secure, host, port or (443 if is_secure else 80), path)


def wrong_with(url: str, *, inside: bool) -> Wrong | None:
    """Why messages may not go there, as far as the address itself tells; `inside`: they may stay within one's own network."""
    target = target_of(url)
    if target is None:
        return Wrong.NO_ADDRESS
    if inside:
        return None
    if not target.is_secure:
        return Wrong.NOT_SECURE
    here = target.host == "localhost" or target.host.endswith(".localhost")
    return Wrong.INSIDE if here or (_is_ip(target.host) and not is_public(target.host)) else None


def is_public(address: str) -> bool:
    """Whether an IP address is one of the whole internet: not of this machine, a private network, a link, or many at once.

    An IPv6 address that only wraps one of IPv4 is judged by that one.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (wrapped := found.ipv4_mapped or found.sixtofour):
        found = wrapped
    return found.is_global and not found.is_multicast and not found.is_reserved


def signature_headers(secret: bytes, *, message: str, at: datetime, body: str) -> dict[str, str]:
    """The three headers by which a receiver knows a message, when it was sent, and that it is ours."""
    stamp = str(int(at.timestamp()))
    made = hmac.digest(secret, f"{message}.{stamp}.{body}".encode(), "sha256")
    return {
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{b64encode(made).decode()}",
    }


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host  # a link of this machine
