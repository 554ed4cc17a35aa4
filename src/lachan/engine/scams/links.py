"""Links in a text, as people paste and swindlers break them. Nothing here opens a link."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from sys import maxsize
from typing import NamedTuple

from lachan.engine.scams import knowledge
from lachan.engine.scams.characters import plain
from lachan.engine.scams.domains import Name, is_ending, split
from lachan.engine.scams.spelling import is_syllable


@dataclass(frozen=True)
class Link:
    """One link. `host` is as written, in small letters, with its breaks mended; look-alike letters stay."""

    span: tuple[int, int]
    written: str
    host: str
    scheme: str  # "", "http", "https"
    port: int | None
    path: str
    broken: bool  # written so that the phone makes no link of it: "vcb . com", "hxxp", "[.]"
    posing: str = ""  # what stands before an @ and only looks like the host

    @cached_property
    def name(self) -> Name:
        """The host parted into the registrable domain and what stands before it."""
        return split(self.host)

    @property
    def is_app(self) -> bool:
        """Whether it leads to an Android package to be installed from outside the shop."""
        return self.path.partition("?")[0].lower().endswith((".apk", ".xapk", ".apks"))


_DOT = r"(?: \. ?|\. ?|\s?[\[({]\s?(?:\.|dot|cham)\s?[\])}]\s?|,| (?:dot|cham) | ?[·•∙] ?)"
_LABEL = r"[a-z0-9_\0]++(?:-++[a-z0-9_\0]++)*+"
_FOUND = re.compile(
    r"(?:(?P<scheme>h(?:tt|xx|\*\*)ps?)\s?[\[(]?:\s?[\])]?\s?[/\\]\s?[/\\][\])]?\s?(?:(?P<user>[^\s/@]{1,80})@)?"
    r"|(?<![a-z0-9@_\-\0])(?<![a-z0-9]\.))"
    rf"(?P<host>{_LABEL}(?:{_DOT}{_LABEL})+)"
    r"(?P<port>:\d{2,5})?(?P<path>\s?/[^\s<>\"'“”]*|[?#][^\s<>\"'“”]+)?"
)
# What every link has one of: a beginning that is meant as one, a number of four parts, or an ending after a dot. A bracket is part
# of a dot only behind one ("[.]", "(dot)"), not in "(TB) de".
_TRACE = re.compile(
    r"h(?:tt|xx|\*\*)p|www|\.\d+\.\d+\.\d"
    r"|[.,\])}·•∙](?<![^.tm\s][\])}])(?:(?<!,)\s)?\0*([a-z][a-z\0]{1,18})(?![a-z])"
)
_TIGHT = frozenset(".])}")
_PARTS = re.compile(rf"({_DOT})?({_LABEL})")
_NOT_PLAIN = re.compile(r"[^a-z0-9_.\-]")
_BEGINNINGS = frozenset(("www", "http", "https"))
_LONGEST_NAME = 254  # letters of a host with its dots (RFC 1035, 2.3.4)
_TRAILING = ".,;:!?)]}*'’”\0"


def find(text: str, flat: str | None = None) -> tuple[Link, ...]:
    """The links of `text`, in order. `flat` is `folding.plain(text)`, where that is at hand."""
    flat = plain(text) if flat is None else flat
    return tuple(link for found in _found(flat) if (link := _link(text, flat, found)))


def _found(flat: str) -> Iterator[re.Match[str]]:
    """What may be links: only near the traces of some is it worth while to look, which takes long."""
    if " cham " in flat or " dot " in flat:
        yield from _FOUND.finditer(flat)
        return
    at = 0
    loose = _loose_endings()
    for trace in _TRACE.finditer(flat):
        ending = trace[1]
        if ending:
            word = ending.replace("\0", "")
            if not is_ending(word) or (word not in loose and not _is_tight(trace[0])):
                continue
        start = trace.start()
        if not ending or (flat[start] == "." and flat[start - 1] != " "):  # else the name may stand some words before
            at = max(at, flat.rfind(" ", at, start) + 1)
        while at <= start:
            found = _FOUND.search(flat, at)
            if not found:
                return
            yield found
            at = found.end()


def _is_tight(dotted: str) -> bool:
    """Whether a dot stands right before a word, so that it may be any ending."""
    return dotted[0] in _TIGHT and not dotted[1].isspace()


@cache
def _loose_endings() -> frozenset[str]:
    """The endings that may follow a dot with a space, or a comma."""
    hosts = (*knowledge.shorteners(), *knowledge.official())
    return _PLAIN_ENDINGS.union(host.partition(".")[2] for host in hosts)


def covered(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether `place` is in one of `spans`, which are in order and apart, as those of links are."""
    at = bisect(spans, (place, maxsize)) - 1
    return at >= 0 and place < spans[at][1]


class _Label(NamedTuple):
    start: int
    end: int
    word: str
    dot: str  # what stands before it: "" for the first


class _Run(NamedTuple):
    """Labels that belong together: where they stand, what they fold to, and the host they are, as written."""

    start: int
    end: int
    words: list[str]
    host: str
    broken: bool


def _link(text: str, flat: str, found: re.Match[str]) -> Link | None:
    scheme = (found["scheme"] or "").replace("**", "xx")
    path = found["path"] or ""
    begins, ends = found.span("host")
    for start, last, words, host, broken in _runs(text, flat, found, schemed=bool(scheme)):
        whole = last == ends
        here = path.strip() if whole else ""
        if here.startswith("/") and path[:1].isspace() and not scheme and words[0] != "www":
            here = ""  # "k98.me / 0912…"
        led = bool(scheme) and start == begins
        if not _is_host(words, text[start:last], led=led or words[0] == "www", path=here):
            continue
        first = found.start() if led else start
        end = found.end() if whole and here else (found.end("port") if whole and found["port"] else last)
        written = text[first:end].rstrip(_TRAILING)
        return Link(
            (first, first + len(written)),
            written,
            host,
            scheme.replace("xx", "tt") if led else "",
            int(found["port"][1:]) if whole and found["port"] else None,
            text[found.start("path") : found.end("path")].strip().rstrip(_TRAILING) if here else "",
            "xx" in scheme or broken,
            found["user"] or "" if led else "",
        )
    return None


def _runs(text: str, flat: str, found: re.Match[str], *, schemed: bool) -> Iterator[_Run]:
    """The labels that belong together in what may be a host. Most are written as they are read: "vidu.com.vn"."""
    start, end = found.span("host")
    host, written = found["host"], text[start:end]
    if written.isascii() and flat[end : end + 1] != "@" and not _NOT_PLAIN.search(host):
        words = host.split(".")
        if _BEGINNINGS.isdisjoint(words[1:]):
            yield _Run(start, end, words, host, broken=False)
            return
    for run in _joined(flat, _labels(found), schemed=schemed):
        words = [label.word for label in run]
        broken = any(label.dot != "." for label in run[1:])
        yield _Run(run[0].start, run[-1].end, words, _host(text, run), broken)


def _labels(found: re.Match[str]) -> list[_Label]:
    flat = found.string
    parts = _PARTS.finditer(flat, *found.span("host"))
    labels = [_Label(*part.span(2), part[2].replace("\0", ""), part[1] or "") for part in parts]
    if flat[found.end("host") : found.end("host") + 1] == "@":  # what stands before the @ of an address is no host
        return labels[: next((at for at in range(len(labels) - 1, 0, -1) if labels[at].dot != "."), 0)]
    return labels


def _joined(flat: str, labels: list[_Label], *, schemed: bool) -> Iterator[list[_Label]]:
    """The labels that belong together. A dot with a space, or a comma, joins only to a plain ending: not "bao. tai"."""
    run: list[_Label] = []
    for place, label in enumerate(labels):
        word = label.word
        loose = label.dot.strip("[](){}") != "."
        if run and (
            (loose and not (word in _PLAIN_ENDINGS or (schemed and place == 1) or _is_known(flat, run[-1], word)))
            or word in _BEGINNINGS
        ):
            if len(run) > 1:
                yield run
            run = []
        run.append(label)
    if len(run) > 1:
        yield run


def _is_known(flat: str, before: _Label, word: str) -> bool:
    """Whether two words make a host that all know: "bit. ly", "zalo . me"."""
    host = f"{flat[before.start : before.end]}.{word}"
    return host in knowledge.shorteners() or host in knowledge.official()


# Endings that are no Vietnamese syllable and no abbreviation: a dot with a space before them is still a link.
# fmt: off
_PLAIN_ENDINGS = frozenset((
    "com", "net", "org", "vn", "info", "top", "xyz", "vip", "icu", "cc", "app", "shop", "club", "online", "site",
    "live", "life", "win", "bet", "link", "pro", "asia", "biz", "io", "website", "space", "store", "tech", "fun",
    "click", "work", "cloud", "today",
))
# fmt: on
# fmt: off
_WORDS_TOO = frozenset((
    "work", "today", "link", "app", "shop", "live", "win", "pro", "fun", "life", "ltd", "inc", "cloud", "click",
    "store",
))
# fmt: on


_FILES = frozenset(("py", "sh", "md", "zip", "mov", "pl", "ps", "rs"))  # "readme.md" is a file
_SAID = frozenset(("ok", "oke", "okie", "okay"))


def _is_host(labels: list[str], written: str, *, led: bool, path: str) -> bool:
    """Whether labels are a host. `led`: a scheme or "www" stands before, so that the writer meant one."""
    if sum(map(len, labels)) + len(labels) > _LONGEST_NAME:
        return False
    if labels[0].isdigit() and all(label.isdigit() for label in labels):
        return len(labels) == 4 and (led or bool(path)) and all(int(label[:4]) < 256 for label in labels)
    ending = labels[-1]
    if led:
        return not ending.isdigit()
    if not is_ending(ending):
        return False
    return path not in {"", "/"} or ".".join(labels) in knowledge.shorteners() or _stands_alone(labels, written)


def _stands_alone(labels: list[str], written: str) -> bool:
    """Whether a bare name is a host, and no two words with a full stop between them: "khoa.Vi", "QK.DK"."""
    ending, before = labels[-1], labels[-2]
    word = is_syllable(before) or before in _SAID
    begins = written[-len(ending) :][:1].isupper()  # capitals begin a sentence, or are an abbreviation
    if len(labels) == 2 and ((before.isdigit() and len(before) == 1) or ending in _FILES):
        return False
    if ending in _PLAIN_ENDINGS and ending not in _WORDS_TOO:
        return not (begins and word and written[: -len(ending)].islower())
    ordinary = is_syllable(ending) or ending in _WORDS_TOO
    return not (begins or (ordinary and word and len(labels) == 2))


def _host(text: str, run: list[_Label]) -> str:
    written = ".".join(text[label.start : label.end] for label in run).lower()
    return written if written.isascii() else "".join(c for c in written if plain(c) != "\0" or unicodedata.combining(c))
