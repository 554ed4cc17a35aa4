"""The signs that a text shows: by patterns of words, by its links and numbers, by how it is written, and by signs that meet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lachan.engine.scams import knowledge, sites
from lachan.engine.scams.knowledge.patterns import Pattern
from lachan.engine.scams.matching import Matcher, Places
from lachan.engine.scams.phones import PhoneKind
from lachan.engine.scams.things import Text, take_apart

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One sign in one place of the text. `weight` is what it adds to the log-odds here, where several signs may say the same."""

    sign: knowledge.Sign
    span: Span
    weight: float
    note: str = ""  # what only this text tells: the brand, the site, by whom it was reported

    @property
    def code(self) -> str:
        return self.sign.code


@dataclass(frozen=True)
class _Rules:
    """All patterns in one matcher, and whose they are."""

    matcher: Matcher
    owners: tuple[tuple[knowledge.Sign, bool], ...]  # of each pattern: its sign, and whether it excludes
    meetings: tuple[tuple[knowledge.Sign, tuple[frozenset[str], ...]], ...]
    words: frozenset[str]


@cache
def _rules() -> _Rules:
    patterns: list[Pattern] = []
    owners: list[tuple[knowledge.Sign, bool]] = []
    for sign in knowledge.signs().values():
        for excludes, own in ((False, sign.patterns), (True, sign.excluded_by)):
            patterns += own
            owners += [(sign, excludes)] * len(own)
    matcher = Matcher(patterns)
    meetings = tuple(
        (sign, tuple(map(frozenset, sign.together))) for sign in knowledge.signs().values() if sign.together
    )
    return _Rules(matcher, tuple(owners), meetings, frozenset(word for word in matcher.words() if len(word) > 3))


def read(text: str) -> Text:
    """`text` taken apart, with the words of the patterns known to it."""
    return take_apart(text, _rules().words)


def find(text: Text) -> tuple[Found, ...]:
    """The signs of `text`, each once, where it is seen first."""
    found = {code: (span, note) for code, span, note in _all(text)}
    known = knowledge.signs()
    for sign, choices in _rules().meetings:
        if not any(choice.isdisjoint(found) for choice in choices):
            met = [code for choice in choices for code in choice if code in found]
            found[sign.code] = found[max(met, key=lambda code: (known[code].weight, code))]
    return tuple(
        Found(known[code], span, known[code].weight, note) for code, (span, note) in found.items() if code in known
    )


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
        *("words_of_lures", "words_of_genuine"),  # in verdict.py
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
    shown: dict[str, Places] = {}
    barring: dict[str, Places] = {}
    for number, places in rules.matcher.find(folded.words, text.things).items():
        sign, excludes = rules.owners[number]
        (barring if excludes else shown).setdefault(sign.code, []).extend(places)
    for code, places in shown.items():
        barred = {n for a, b in barring.get(code, ()) for n in range(folded.sentence(a), folded.sentence(b - 1) + 1)}
        place = min((one for one in places if not barred or folded.sentence(one[0]) not in barred), default=None)
        if place:
            yield code, folded.span(place[0], place[1] - 1), ""


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


_NOISE = re.compile(r"(?<=[a-z][a-z])[\"',;:^~*_!$]+(?=[a-z])|(?<=[a-z])[\"',;:^~*_!$]+(?=[a-z][a-z])")
_NOISY = 4
_SERVICE_LEADS = frozenset({"lh", "cskh", "goi", "hotline", "dai", "he", "ctlh", "ll"})
_SERVICE = re.compile(r"1[89]00\d{4,6}|[1-9]\d{2,4}")
_TAIL = re.compile(r"[a-z]+[A-Z]\w*|[A-Z]+[a-z]+[A-Z]\w*|\w*\d[A-Za-z]\w*", re.ASCII)
_TAIL_TOKEN = re.compile(r"[\s~.!,;:)]([A-Za-z0-9]{3,7})[\s.~!>]*$", re.ASCII)


def _by_form(text: Text) -> Iterator[Mark]:
    folded = text.folded
    hidden = folded.disguised
    if hidden:
        code = "form_disguised_much" if len(hidden) > 2 else "form_disguised"
        yield code, folded.spans[hidden[0]], ""
    yield from _by_noise(text)
    tail = _TAIL_TOKEN.search(folded.text, max(0, len(folded.text) - 24))
    if tail and _TAIL.fullmatch(tail[1]) and len(folded.words) > 6:
        yield "form_random_tail", tail.span(1), ""


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
    for place, word in enumerate(words):
        if _SERVICE.fullmatch(word) and not _SERVICE_LEADS.isdisjoint(words[max(0, place - 2) : place]):
            yield "g_service_line", text.folded.spans[place], word
            break
    for account in text.accounts:
        yield "account_named", account.span, account.bank.short_name if account.bank else ""


def _by_noise(text: Text) -> Iterator[Mark]:
    """Punctuation inside words, outside links."""
    inside = [link.span for link in text.links]
    noise = [
        found
        for found in _NOISE.finditer(text.folded.plain)
        if not any(start <= found.start() < end for start, end in inside)
    ]
    if len(noise) >= _NOISY:
        yield "form_noise", (noise[0].start() - 1, noise[0].end() + 1), ""
