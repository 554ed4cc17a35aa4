"""The signs that a text shows: by patterns of words, by its links and numbers, by how it is written, and by signs that meet."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from types import MappingProxyType
from typing import NamedTuple

from lachan.engine.scams import knowledge, schemes, sites
from lachan.engine.scams.folding import Folded
from lachan.engine.scams.knowledge.patterns import Pattern
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.links import covered
from lachan.engine.scams.matching import Bits, Matcher, Matches, bits, first, ones
from lachan.engine.scams.openings import brand_words
from lachan.engine.scams.phones import PhoneKind
from lachan.engine.scams.things import Text, take_apart

Span = tuple[int, int]


class Found(NamedTuple):
    """One sign, in one place of the text: `text[slice(*span)]`. `weight` is what it adds to the log-odds here, beside others."""

    sign: knowledge.Sign
    span: Span
    weight: float
    note: str = ""  # what only this text tells: the brand, the site, by whom it was reported

    @property
    def code(self) -> str:
        return self.sign.code


@dataclass(frozen=True)
class _Rules:
    """All patterns in one matcher, each once, and whose they are."""

    matcher: Matcher
    shows: tuple[tuple[str, ...], ...]  # of each pattern: the signs it shows
    showing: Bits  # the patterns that show some
    bars: Mapping[str, Bits]  # of each sign: the patterns that exclude it
    says: Mapping[int, Sequence[str]]  # of a pattern: the ideas it says
    hopes: schemes.Hopes
    warned: Bits
    meetings: tuple[tuple[knowledge.Sign, tuple[frozenset[str], ...]], ...]
    met_by: Mapping[str, tuple[int, ...]]  # the meetings that need a sign first
    lexicon: Lexicon


@cache
def _rules() -> _Rules:
    numbers: dict[Pattern, int] = {}
    shows: dict[int, list[str]] = {}
    bars: dict[str, Bits] = {}
    for sign in knowledge.signs().values():
        for pattern in dict.fromkeys(sign.patterns):
            shows.setdefault(numbers.setdefault(pattern, len(numbers)), []).append(sign.code)
        bars[sign.code] = bits(sorted({numbers.setdefault(pattern, len(numbers)) for pattern in sign.excluded_by}))
    says: dict[int, list[str]] = {}
    saying: dict[str, Bits] = {}
    for idea, ways in knowledge.ideas().items():
        for pattern in dict.fromkeys(ways):
            number = numbers.setdefault(pattern, len(numbers))
            says.setdefault(number, []).append(idea)
            saying[idea] = saying.get(idea, 0) | 1 << number
    warned = bits(sorted({numbers.setdefault(pattern, len(numbers)) for pattern in knowledge.warned()}))
    matcher = Matcher(tuple(numbers))
    meetings = tuple(
        (sign, tuple(map(frozenset, sign.together))) for sign in knowledge.signs().values() if sign.together
    )
    met_by: dict[str, tuple[int, ...]] = {}
    for number, (_sign, choices) in enumerate(meetings):
        for code in choices[0]:
            met_by[code] = (*met_by.get(code, ()), number)
    return _Rules(
        matcher,
        tuple(tuple(shows.get(number, ())) for number in range(len(numbers))),
        bits(sorted(shows)),
        bars,
        says,
        schemes.hopes(saying),
        warned,
        meetings,
        met_by,
        Lexicon(
            brand_words().union(
                knowledge.borrowed(), (word for word in matcher.words() if len(word) >= knowledge.SHORTEST_KNOWN)
            ),
            matcher,
        ),
    )


def read(text: str) -> Text:
    """`text` taken apart, with the words of the patterns known to it."""
    return take_apart(text, _rules().lexicon)


def find(text: Text, adds: Mapping[str, float] = MappingProxyType({})) -> tuple[Found, ...]:
    """The signs of `text`, each once, where it is seen first. `adds`: what those add of which people's weight does not count."""
    found = {code: (span, note) for code, span, note in _all(text)}
    if by_official_way(found):
        found = {code: where for code, where in found.items() if code not in _THROUGH_LINK}
    known = knowledge.signs()
    rules = _rules()
    met: dict[str, tuple[Span, str]] = {}
    for number in sorted({number for code in found for number in rules.met_by.get(code, ())}):
        sign, choices = rules.meetings[number]
        if not any(map(found.keys().isdisjoint, choices)):
            here = [code for choice in choices for code in choice if code in found]
            met[sign.code] = found[max(here, key=lambda code: (known[code].weight, code))]
    return tuple(
        [
            Found(sign := known[code], span, adds.get(code, sign.weight), note)
            for code, (span, note) in (found | met).items()
            if code in known
        ]
    )


_THROUGH_LINK = frozenset({"asks_login_link", "asks_click_for", "asks_open_link"})
_TO_STRANGERS = frozenset({"mobile_number", "foreign_number", "account_named"})
_NOT_OF_WARNINGS = _TO_STRANGERS | {"form_disguised", "form_disguised_much", "form_noise", "asks_if_true"}
_PRIVATE_WAYS = _TO_STRANGERS | {"paid_number", "link_app_file"}


def may_warn(codes: Iterable[str]) -> bool:
    """Whether a text with these signs may be heard as a warning: not where it names a stranger to ring or to pay, hides or asks.

    Those who "get lost money back" begin like a warning; who warns hides nothing; and who asks whether a message is true, quotes it
    as one who warns does, but is to be told.
    """
    return _NOT_OF_WARNINGS.isdisjoint(codes)


def by_official_way(codes: Collection[str]) -> bool:
    """Whether the signs say that a text leads nowhere but to the own sites of a known body."""
    return "official_links" in codes and _PRIVATE_WAYS.isdisjoint(codes)


Mark = tuple[str, Span, str]
COMPUTED = frozenset(
    (
        *("link_official", "official_links", "link_reported", "link_brand_misplaced", "link_official_as_prefix"),
        *(
            "link_false_letters",
            "link_brand_near",
            "link_brand_beside",
            "link_shortener",
            "link_unknown",
            "link_free_host",
        ),
        *("link_cheap_ending", "link_number", "link_port", "link_posing", "link_broken", "link_app_file"),
        *("link_foreign_letters", "link_gibberish", "link_betting_name", "link_chat"),
        *("link_like_reported", "link_bait_words", "link_poses_as_bank", "link_reported_known"),
        *("form_disguised", "form_disguised_much", "form_noise", "form_random_tail"),
        *("paid_number", "mobile_number", "foreign_number", "g_service_line", "account_named"),
        *("words_of_lures", "words_of_genuine", "words_of_warning"),  # in verdict.py
    )
)
"""The signs that are found here by code, not by patterns of signs.toml."""


def _all(text: Text) -> Iterator[Mark]:
    yield from _by_words(text)
    yield from _by_links(text)
    yield from _by_numbers(text)
    yield from _by_form(text)


def _by_words(text: Text) -> Iterator[Mark]:
    rules = _rules()
    folded = text.folded
    matches = rules.matcher.find(folded.words, folded.marks, folded.begun, text.things)
    shown: dict[str, _Those] = {}
    for number in ones(matches.likely & rules.showing):
        starts = matches.starts(number)
        if starts:
            for code in rules.shows[number]:
                shown.setdefault(code, []).append((number, starts))
    barred = _Barred(folded, matches)
    for code, those in shown.items():
        bars = rules.bars[code] & matches.likely
        starts = barred.without(bars, _begin(those)) if bars else _begin(those)
        if starts:
            place = first(starts)
            yield code, folded.span(place, _last(matches, those, place)), ""
    yield from _by_ideas(text, matches, barred)


_Those = list[tuple[int, Bits]]
"""Patterns that say one thing, by number, and the words where each begins."""


def _begin(those: _Those) -> Bits:
    return those[0][1] if len(those) == 1 else reduce(or_, [starts for _, starts in those])


def _last(matches: Matches, those: _Those, place: int) -> int:
    """The last word of what begins at `place`."""
    here = 1 << place
    return first(reduce(or_, [matches.ends(number, here) for number, starts in those if starts & here])) - 1


def _by_ideas(text: Text, matches: Matches, barred: "_Barred") -> Iterator[Mark]:
    """The schemes whose ideas meet outside sentences that warn."""
    rules = _rules()
    ideas: dict[str, _Those] = {}
    for number in ones(schemes.needed(rules.hopes, matches.likely)):
        starts = matches.starts(number)
        if starts:
            for idea in rules.says[number]:
                ideas.setdefault(idea, []).append((number, starts))
    said = {idea: _begin(those) for idea, those in ideas.items()}
    if said and (warned := rules.warned & matches.likely):
        kept = barred.without(warned, reduce(or_, said.values()))
        said = {idea: starts & kept for idea, starts in said.items() if starts & kept}
    for code, idea, place in schemes.met(said, ideas):
        yield code, text.folded.span(place, _last(matches, ideas[idea], place)), ""


class _Barred:
    """The sentences of a text in which a sign is not counted."""

    def __init__(self, folded: Folded, matches: Matches) -> None:
        self._folded = folded
        self._matches = matches
        self._known: dict[int, frozenset[int]] = {}

    def without(self, patterns: Bits, places: Bits) -> Bits:
        """Those of the words at `places` in whose sentence none of `patterns` begins or ends."""
        barred = frozenset[int]().union(*map(self._sentences, ones(patterns)))
        if not barred:
            return places
        return bits([place for place in ones(places) if self._folded.sentence(place) not in barred])

    def _sentences(self, number: int) -> frozenset[int]:
        """The sentences in which a pattern begins or ends."""
        known = self._known.get(number)
        if known is None:
            starts = self._matches.starts(number)
            last = self._matches.ends(number, starts) >> 1 if starts else 0
            known = self._known[number] = frozenset(map(self._folded.sentence, ones(starts | last)))
        return known


def _by_links(text: Text) -> Iterator[Mark]:
    official = 0
    for link in text.links:
        facts = sites.facts(link.host)
        official += facts.trusted
        for code, note in (*facts.signs, *_of_link(link.written, link.port, link.posing, broken=link.broken)):
            yield code, link.span, note
        if link.is_app:
            yield "link_app_file", link.span, ""
    if text.links and official == len(text.links):
        yield "official_links", text.links[0].span, sites.facts(text.links[0].host).body


def _of_link(written: str, port: int | None, posing: str, *, broken: bool) -> Iterator[tuple[str, str]]:
    if port and port not in {80, 443}:
        yield "link_port", str(port)
    if posing:
        yield "link_posing", posing
    if broken:
        yield "link_broken", written


_NOISE = re.compile(r"[\"',;:^~*_!$](?<=[a-z].)[\"',;:^~*_!$]*(?=[a-z])")
_TWO_LETTERS = re.compile("[a-z][a-z]")
_NOISY = 4
_SERVICE_LEADS = frozenset({"lh", "cskh", "goi", "hotline", "dai", "he", "ctlh", "ll"})
_SERVICE = re.compile(r"1[89]00\d{4,6}|[1-9]\d{2,4}")
# A tail like "Kd8x", not an hour or an amount ("24h", "7h30", "50k").
_TAIL = re.compile(
    r"(?!\d+(?:[hgpmkdsHGPMKDS]|tr|TR)\d*$)(?:[a-z]+[A-Z]\w*|[A-Z]+[a-z]+[A-Z]\w*|\w*\d[A-Za-z]\w*)", re.ASCII
)  # no hour, no amount
_TAIL_TOKEN = re.compile(r"[\s~.!,;:)]([A-Za-z0-9]{3,7})[\s.~!>]*$", re.ASCII)


def _by_form(text: Text) -> Iterator[Mark]:
    folded = text.folded
    hidden = folded.disguised
    if hidden:
        code = "form_disguised_much" if len(hidden) > 2 else "form_disguised"
        yield code, folded.span(hidden[0], hidden[0]), ""
    yield from _by_noise(text)
    tail = _TAIL_TOKEN.search(folded.text, max(0, len(folded.text) - 24))
    if tail and _TAIL.fullmatch(tail[1]) and len(folded.words) > 6 and not _is_name(tail[1].lower()):
        yield "form_random_tail", tail.span(1), ""


def _is_name(tail: str) -> bool:
    """Whether the end of a message is a name ("VNeID"), a sum, or a number with its digits hidden ("1900xxx")."""
    return tail in _rules().lexicon.known or tail.endswith("vnd") or "xx" in tail


_PHONE_SIGNS = {
    PhoneKind.PAID: "paid_number",
    PhoneKind.MOBILE: "mobile_number",
    PhoneKind.FOREIGN: "foreign_number",
}


def _by_numbers(text: Text) -> Iterator[Mark]:
    for phone in text.phones:
        if phone.kind in _PHONE_SIGNS:
            yield _PHONE_SIGNS[phone.kind], phone.span, phone.number
    words = text.folded.words
    for place in text.folded.numbers:
        word = words[place]
        if _SERVICE.fullmatch(word) and not _SERVICE_LEADS.isdisjoint(words[max(0, place - 2) : place]):
            yield "g_service_line", text.folded.span(place, place), word
            break
    for account in text.accounts:
        yield "account_named", account.span, account.bank.short_name if account.bank else ""


def _by_noise(text: Text) -> Iterator[Mark]:
    """Punctuation inside words, with two letters before or after it, outside links."""
    flat = text.folded.plain
    noise = [found.span() for found in _NOISE.finditer(flat)]
    if len(noise) < _NOISY:
        return
    links = [link.span for link in text.links]
    noise = [
        (start, end)
        for start, end in noise
        if (_TWO_LETTERS.match(flat, max(0, start - 2), start) or _TWO_LETTERS.match(flat, end))
        and not covered(links, start)
    ]
    if len(noise) >= _NOISY:
        yield "form_noise", (noise[0][0] - 1, noise[0][1] + 1), ""
