"""What is known of scams in Vietnam, as data: types, signs, official channels, brands, hosts, hotlines.

Each file stands beside this one and is read once, when first asked for. Every entry says where it is from and on which day that
was seen (`source`, `verified_on`); SOURCES.md tells the sources and licences; `lachan.engine.scams.lint` checks all of it.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lachan.engine.scams.knowledge.patterns import Pattern, read

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ScamType:
    """A form of scam; `handbook` are its numbers among the 24 forms of the handbook of 2023 (none: newer)."""

    code: str
    name_vi: str
    name_en: str
    handbook: tuple[int, ...]
    hooks: tuple[str, ...]  # how it begins, in a few words each
    advice: tuple[str, ...]  # what to do, step by step, in Vietnamese
    advice_en: tuple[str, ...]
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """Ideas that meet: of each of `wanted` one, and none of `barred` anywhere in the text."""

    wanted: tuple[frozenset[str], ...]
    barred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in a message or a told call that speaks for a scam (`weight` > 0) or against it (< 0), in log-odds.

    It is found by any of `patterns`, unless one of `excluded_by` is found in the same sentence; or, with `together`, when for
    each entry of `together` one of the signs it names is found; or, with `meets`, when the ideas of one meeting stand near one
    another; or by code of its own (`computed`).
    """

    code: str
    role: str  # one of ROLES
    name_vi: str
    name_en: str
    why_vi: str
    why_en: str
    weight: float
    types: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    excluded_by: tuple[Pattern, ...]
    together: tuple[tuple[str, ...], ...]
    computed: bool
    source: str
    verified_on: date
    meets: tuple[Meeting, ...] = ()


SHORTEST_KNOWN = 4  # letters: words of patterns that reading leaves as they are; shorter ones may hide others
OF_WARNINGS_TOO = ("genuine", "form")  # roles whose signs are found in warnings as well
ROLES = (
    "claim",
    "lure",
    "ask",
    "payment",
    "pressure",
    "secrecy",
    "link",
    "sender",
    "form",
    "together",
    "scheme",
    "genuine",
)
"""claim: who they say they are. lure: what they offer. ask: what they want done. link, sender, form: how the message is made.
scheme: ideas that meet as in one type of scam."""


@dataclass(frozen=True, slots=True)
class Official:
    """A domain of a body that is known, with the names its messages bear and the numbers it answers."""

    domain: str
    body: str
    kind: str  # one of KINDS
    senders: tuple[str, ...]
    hotlines: tuple[str, ...]
    source: str
    verified_on: date

    @property
    def anybodys(self) -> bool:
        """Whether anybody may have a page there (Zalo, Facebook): the domain is genuine, what it shows need not be."""
        return self.kind == "platform"


KINDS = (
    "bank",
    "wallet",
    "finance",
    "insurance",
    "telecom",
    "carrier",
    "ministry",
    "state",
    "province",
    "public_service",
    "utility",
    "shop",
    "airline",
    "press",
    "education",
    "health",
    "charity",
    "tech",
    "platform",
    "security",
    "other",
)


@dataclass(frozen=True, slots=True)
class Brand:
    """A name that is imitated. `short`: so short or ordinary a word that only the very word counts, never one nearly the same."""

    brand: str
    body_domain: str
    spellings: tuple[str, ...]
    short: bool
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class KnownHost:
    """A host, or the end of hosts' names, that says something of a link by itself."""

    host: str
    what: str
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number to ring or to text; `syntax` is the text to send, with {number}, {content}, {domain} to fill in."""

    number: str
    body: str
    what_for: str
    syntax: str
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank as transfers and VietQR name it. `bin` has six digits."""

    bin: str
    code: str
    short_name: str
    name: str
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class ReportedList:
    """Hosts that somebody has reported. Volunteers make mistakes: a hit is "reported by `by` on `day`", never a proof."""

    code: str
    what: str
    by: str
    day: date
    licence: str
    hosts: frozenset[str]


@cache
def types() -> Mapping[str, ScamType]:
    """The forms of scam by code."""
    data = _toml("types.toml")
    return {one["code"]: _scam_type(one, data["steps"]) for one in data["type"]}


@cache
def signs() -> Mapping[str, Sign]:
    """The signs by code, patterns read; the schemes are among them."""
    data = _toml("signs.toml")
    found = {one["code"]: _sign(one, data["lists"], warned()) for one in data["sign"]}
    return found | {sign.code: sign for sign in map(_scheme, _toml("schemes.toml")["scheme"])}


@cache
def warned() -> tuple[Pattern, ...]:
    """The patterns of sentences that warn."""
    data = _toml("signs.toml")
    return tuple(read(pattern, data["lists"]) for pattern in data.get("warned", ()))


@cache
def borrowed() -> frozenset[str]:
    """Words of other languages, and abbreviations, that everybody writes: a disguise may hide them as it hides ours."""
    return frozenset(_toml("signs.toml")["borrowed"].split())


@cache
def ideas() -> Mapping[str, tuple[Pattern, ...]]:
    """The ideas that schemes are made of, each with the ways to say it."""
    data = _toml("schemes.toml")
    lists = _toml("signs.toml")["lists"] | data["lists"]
    return {name: tuple(read(way, lists) for way in ways) for name, ways in data["ideas"].items()}


@cache
def official() -> Mapping[str, Official]:
    """The official domains, each with its body. Names below one of these domains belong to the same body."""
    return {
        row["domain"]: Official(
            row["domain"], row["body"], row["kind"], _many(row["senders"]), _many(row["hotlines"]), *_seen(row)
        )
        for row in rows("official.csv")
    }


@cache
def senders() -> Mapping[str, Official]:
    """The official sender names (brandnames), in capitals, each with the first body that bears it."""
    found: dict[str, Official] = {}
    for one in official().values():
        for sender in one.senders:
            found.setdefault(sender.upper(), one)
    return found


@cache
def brands() -> tuple[Brand, ...]:
    """The names that are imitated."""
    return tuple(
        Brand(row["brand"], row["body_domain"], _many(row["spellings"]), row["short"] == "1", *_seen(row))
        for row in rows("brands.csv")
    )


@cache
def shorteners() -> Mapping[str, KnownHost]:
    """Hosts that hide where a link leads."""
    return _hosts("shorteners.csv")


@cache
def free_hosts() -> Mapping[str, KnownHost]:
    """Ends of names under which anybody gets a site, without a name of their own."""
    return _hosts("free_hosts.csv")


@cache
def well_known() -> Mapping[str, KnownHost]:
    """Domains on the lists of reported hosts that are among the most used of the world: a report of them may be a mistake."""
    return _hosts("well_known.csv")


@cache
def endings() -> Mapping[str, KnownHost]:
    """Last parts of names (`top`, `xyz`) that are cheap and much used for lures."""
    return _hosts("endings.csv")


@cache
def hotlines() -> tuple[Hotline, ...]:
    """Where to ask and to report."""
    return tuple(
        Hotline(row["number"], row["body"], row["what_for"], row["syntax"], *_seen(row)) for row in rows("hotlines.csv")
    )


@cache
def banks() -> Mapping[str, Bank]:
    """Banks by BIN."""
    return {
        row["bin"]: Bank(row["bin"], row["code"], row["short_name"], row["name"], *_seen(row))
        for row in rows("banks.csv")
    }


@cache
def reported() -> tuple[ReportedList, ...]:
    """The lists of reported hosts."""
    return tuple(
        ReportedList(
            row["code"],
            row["what"],
            row["by"],
            date.fromisoformat(row["day"]),
            row["licence"],
            frozenset((HERE / "reported" / row["file"]).read_text(encoding="utf-8").split()),
        )
        for row in rows("reported.csv")
    )


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of this folder."""
    with (HERE / file).open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def _toml(file: str) -> dict[str, Any]:
    return tomllib.loads((HERE / file).read_text(encoding="utf-8-sig"))


def _hosts(file: str) -> Mapping[str, KnownHost]:
    return {row["host"]: KnownHost(row["host"], row["what"], *_seen(row)) for row in rows(file)}


def _many(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(";") if one.strip())


def _seen(row: Mapping[str, str]) -> tuple[str, date]:
    return row["source"], date.fromisoformat(row["verified_on"])


def _scam_type(one: Mapping[str, Any], shared: Mapping[str, Mapping[str, str]]) -> ScamType:
    steps = [shared[step] if isinstance(step, str) else step for step in one["advice"]]
    return ScamType(
        one["code"],
        one["name_vi"],
        one["name_en"],
        tuple(one["handbook"]),
        tuple(one["hooks"]),
        tuple(step["vi"] for step in steps),
        tuple(step["en"] for step in steps),
        one["source"],
        one["verified_on"],
    )


def _sign(one: Mapping[str, Any], lists: Mapping[str, list[str]], warned: tuple[Pattern, ...]) -> Sign:
    barred = warned if one.get("patterns") and one["role"] not in OF_WARNINGS_TOO else ()
    return Sign(
        one["code"],
        one["role"],
        one["name_vi"],
        one["name_en"],
        one["why_vi"],
        one["why_en"],
        float(one["weight"]),
        tuple(one["types"]),
        tuple(read(pattern, lists) for pattern in one.get("patterns", ())),
        (*(read(pattern, lists) for pattern in one.get("excluded_by", ())), *barred),
        tuple(tuple(each.split("|")) for each in one.get("together", ())),
        bool(one.get("computed", False)),
        one["source"],
        one["verified_on"],
    )


def _scheme(one: Mapping[str, Any]) -> Sign:
    kind = types()[one["type"]]
    return Sign(
        code=one["code"],
        role="scheme",
        name_vi=f"Giống kịch bản: {kind.name_vi}",
        name_en=f"Runs like: {kind.name_en}",
        why_vi=one["why_vi"],
        why_en=one["why_en"],
        weight=float(one["weight"]),
        types=(kind.code,),
        patterns=(),
        excluded_by=(),
        together=(),
        computed=False,
        source=one["source"],
        verified_on=one["verified_on"],
        meets=tuple(map(meeting, one["meets"])),
    )


def meeting(written: str) -> Meeting:
    """A line of `meets`: ideas joined by `&`; `|` gives a choice, `!` bars."""
    choices = [choice for choice in "".join(written.split()).split("&") if choice]
    return Meeting(
        tuple(frozenset(choice.split("|")) for choice in choices if not choice.startswith("!")),
        frozenset(idea for choice in choices if choice.startswith("!") for idea in choice[1:].split("|")),
    )
