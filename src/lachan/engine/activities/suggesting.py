"""From an indicator's words: which activities would answer it, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lachan.engine.activities.channels import AUDIENCES, CHANNELS, Audience, Channel, rows
from lachan.engine.activities.counting import FilledFrom, Sum
from lachan.engine.vietnamese import normalise

SURE, LIKELY, DOUBTFUL = 0.9, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How activities would answer an indicator; `certainty` 0–1. A person confirms it."""

    filled_from: FilledFrom
    certainty: float


@dataclass(frozen=True, slots=True)
class _Noun:
    """What an indicator counts. `sum`: None for what activities never tell."""

    sum: Sum | None
    channels: frozenset[str]


_NOUNS = {
    row["noun"]: _Noun(Sum(row["sum"]) if row["sum"] else None, frozenset(row["channels"].split()))
    for row in rows("nouns.csv")
}
_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _NOUNS), key=len, reverse=True))})\b")
_NEVER = re.compile(r"thiệt hại|bị lừa|lừa mất|vi phạm|khởi tố|xử phạt|triệu đồng|tỷ lệ|tỉ lệ|%")
_TOLD = re.compile(r"tuyên truyền|tiếp cận|phổ biến|hướng dẫn|tham gia|tham dự|truyền thông|tập huấn")
# What it is about: "lừa đảo trực tuyến" names no channel.
_TOPIC = re.compile(
    r"lừa đảo[^,;]*?(?:trực tuyến|trên (?:không gian )?mạng(?! xã hội)|qua mạng)"
    r"|an (?:toàn|ninh) (?:thông tin )?(?:trên )?(?:không gian )?mạng"
)
_ONLINE = frozenset({"website", "social-page", "chat-group", "livestream"})
_WIDE: Mapping[str, frozenset[str]] = {
    "trực tiếp": frozenset({"talk", "meeting", "school", "visit", "training", "event"}),
    "không gian mạng": _ONLINE,
    "trên mạng": _ONLINE,
    "trực tuyến": _ONLINE,
    "trực quan": frozenset({"banner", "notice-board", "screen"}),
}
"""Words that tell of several channels at once."""


def suggest(indicator: str) -> Suggestion | None:
    """What would fill `indicator` in: "Số buổi phát thanh" → times by loudspeaker. None when activities cannot tell."""
    text = " ".join(normalise(indicator).lower().split())
    first = _NOUN.search(text)
    noun = _NOUNS[first[0]] if first else _Noun(None, frozenset())
    if first is None or noun.sum is None or _NEVER.search(text):
        return None
    channels, certainty = _channels(text, noun)
    audiences = _named(text, AUDIENCES.values()) if noun.sum is Sum.AUDIENCE else frozenset[str]()
    return Suggestion(FilledFrom(_as_recorded(noun.sum, first[0], channels), channels, audiences), certainty)


def _channels(text: str, noun: _Noun) -> tuple[frozenset[str], float]:
    """The channels the indicator is about, none for any, and how surely."""
    bare = _TOPIC.sub(" ", text)
    named = _named(bare, CHANNELS.values())
    if "mạng xã hội" in bare:
        named |= {"chat-group"}  # the decree counts messaging apps with social networks
    if named:
        return named, SURE
    wide = frozenset[str]().union(*(channels for words, channels in _WIDE.items() if words in bare))
    if wide or noun.channels:
        return wide or noun.channels, LIKELY
    is_clear = noun.sum is Sum.ACTIVITIES or (noun.sum is Sum.AUDIENCE and _TOLD.search(text))
    return frozenset(), LIKELY if is_clear else DOUBTFUL


def _as_recorded(what: Sum, noun: str, channels: frozenset[str]) -> Sum:
    """Messages of a chat group are its times, and households are those of visits: the number that is recorded there."""
    households = noun.startswith(("hộ", "lượt hộ")) and channels == {"visit"}
    asked = {Sum.TIMES, Sum.ACTIVITIES}.union(*(CHANNELS[code].asks for code in channels))
    return Sum.TIMES if households or (channels and what not in asked) else what


def _named(text: str, known: Iterable[Channel | Audience]) -> frozenset[str]:
    """The codes whose phrases stand in `text`. A phrase inside a longer one that was found is not counted again."""
    phrases = sorted(((phrase, one.code) for one in known for phrase in one.phrases), key=lambda pair: -len(pair[0]))
    found: set[str] = set()
    for phrase, code in phrases:
        if whole := re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            found.add(code)
            text = text[: whole.start()] + " · " + text[whole.end() :]
    return frozenset(found)
