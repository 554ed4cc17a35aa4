"""What messages of one swindler share even where their words differ: a site, a telephone number, an account.

An indicator is a word such as "host:vcb-vn.top", "link:bit.ly/3xYz", "phone:0912345678", "account:0123456789". What many share who
have nothing to do with each other is none: official and common sites, hotlines, short numbers. Below a host where anybody gets a
site, and behind a shortener or a chat, it is the page that tells.
"""

import re
from functools import cache
from pathlib import Path

from lachan.engine.scams import accounts, knowledge, phones
from lachan.engine.scams.domains import ends_with_any, is_state, official
from lachan.engine.scams.folding import fold
from lachan.engine.scams.links import Link, covered
from lachan.engine.scams.phones import Phone, PhoneKind
from lachan.engine.similar.wordings import opened

_COMMON = Path(__file__).parent / "common_hosts.txt"
_PAGES = frozenset({"m.me", "line.me", "storage.googleapis.com"})  # as shorteners and platforms: the page tells
_SHOP = "play.google.com"  # of apps: whoever sends its pages, a bank or a swindler, sends those of others
_CALLS = frozenset({"zalo.me", "wa.me"})  # whose pages may be telephone numbers
_LONGEST = 200
_SENTENCES = re.compile(r"[^\W\d_]+\. [^\W\d_]+")
"""Written like the end of one sentence and the beginning of another: "QK. Shop"."""
_LONG_NUMBER = re.compile(r"\d{6}")


def read(text: str) -> tuple[str, ...]:
    """The indicators of a text, in order of their kind, each once."""
    text, flat, linked = opened(text)
    spans = [link.span for link in linked]
    numbers = [one for one in phones.find(text, flat) if not covered(spans, one.span[0])]
    sites = [_by_link(link) for link in linked if not _SENTENCES.fullmatch(link.written)]
    found = [*sites, *(f"phone:{one.number}" for one in numbers if _is_somebodys(one))]
    if _LONG_NUMBER.search(flat):
        others = _hotlines().union(one.number for one in numbers)
        led = accounts.find(fold(text, spans, flat=flat), [one.span for one in numbers])
        found += [f"account:{one.number}" for _place, one in led if one.number not in others]
    return tuple(dict.fromkeys(filter(None, found)))


def _by_link(link: Link) -> str:
    host = link.name.host.removeprefix("www.")
    body = official(host)
    if host in _CALLS and (called := phones.find(link.path.strip("/"))):
        return f"phone:{called[0].number}"
    if ends_with_any(host, knowledge.shorteners()):
        return _page(host, link.path.partition("?")[0])
    if body or is_state(host):
        return _page(host, link.path) if body and body.anybodys and host != _SHOP else ""
    if free := ends_with_any(host, knowledge.free_hosts()):
        own = host.removesuffix(free).rstrip(".").rpartition(".")[2]
        return f"host:{own}.{free}"[:_LONGEST] if own else _page(host, link.path)
    if host in _PAGES or ends_with_any(host, _common()):
        return _page(host, link.path)
    name = link.name
    return f"host:{name.domain}"[:_LONGEST] if len(name.label) > 1 or name.is_number else ""


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _page(host: str, path: str) -> str:
    path = path.strip("/")
    return f"link:{host}/{path}"[:_LONGEST] if len(path) > 2 else ""


def _is_somebodys(phone: Phone) -> bool:
    """Whether it is a number of one subscriber, not of a service that many name: 1900 numbers are such, listed or not."""
    return phone.kind not in {PhoneKind.SHORT, PhoneKind.FREE, PhoneKind.PAID} and phone.number not in _hotlines()


@cache
def _hotlines() -> frozenset[str]:
    named = (number for one in knowledge.official().values() for number in one.hotlines)
    return frozenset(
        "".join(filter(str.isdigit, number)) for number in (*named, *(one.number for one in knowledge.hotlines()))
    )
