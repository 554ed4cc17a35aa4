"""From signs to a verdict: how much is to be feared, of what kind, why, and what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter

from lachan.engine.scams import knowledge, signs, sites
from lachan.engine.scams.accounts import Account
from lachan.engine.scams.links import Link
from lachan.engine.scams.phones import Phone
from lachan.engine.scams.quotes import unquoted
from lachan.engine.scams.signs import Found
from lachan.engine.scams.things import Text
from lachan.engine.scams.weights import RATHER, Line, Parts, Weights, added, chance, share_of_warning


class Level(StrEnum):
    """How a verdict reads. There is no level that says a message is safe."""

    SCAM = "scam"  # dấu hiệu lừa đảo rõ
    CAUTION = "caution"  # cẩn thận, chưa chắc
    NONE = "none"  # chưa thấy dấu hiệu


@dataclass(frozen=True)
class Verdict:
    """What a text looks like. `score`: how likely it is a scam or near to one, 0 to 1. Spans are places in the text as given."""

    level: Level
    score: float
    scam_type: knowledge.ScamType | None  # None at level NONE
    signs: tuple[Found, ...]  # the heaviest first; those of weight below 0 speak for the text
    brand: str  # whom it poses as, "" when that is not seen
    advice: tuple[str, ...]  # what to do, in Vietnamese, step by step; () at level NONE
    official: tuple[str, ...]  # bodies whose own channels are in it
    links: tuple[Link, ...]
    phones: tuple[Phone, ...]
    accounts: tuple[Account, ...]

    @property
    def reasons(self) -> tuple[Found, ...]:
        """The signs against the text, those first that tell a person most: of its form of scam, and then the heaviest.

        Left out: plans of other forms, which it only resembles, and single words, where `ENOUGH_TOLD` signs tell more.
        """
        code = self.scam_type.code if self.scam_type else ""
        ours = {one.code for one in self.signs if code in one.sign.types or one.sign.role in _OF_ANY_FORM}
        told = [one for one in self.signs if one.weight > 0 and (one.sign.role != "scheme" or one.code in ours)]
        told.sort(key=lambda one: (one.code == "words_of_lures", -one.weight / (1 if one.code in ours else 2)))
        enough = len({one.code for one in told} - {"words_of_lures"}) >= ENOUGH_TOLD
        return tuple(one for one in told if one.code != "words_of_lures" or not enough)

    def moved(self, places: Sequence[int]) -> Verdict:
        """The same verdict on a longer text, in which the characters of this one stand at `places`."""

        def there(span: tuple[int, int]) -> tuple[int, int]:
            return places[span[0]], places[span[1] - 1] + 1

        return replace(
            self,
            signs=tuple(one._replace(span=there(one.span)) for one in self.signs),
            links=tuple(replace(one, span=there(one.span)) for one in self.links),
            phones=tuple(replace(one, span=there(one.span)) for one in self.phones),
            accounts=tuple(replace(one, span=there(one.span)) for one in self.accounts),
        )


ENOUGH_TOLD = 3
_OF_ANY_FORM = frozenset({"link", "form", "sender"})

BIAS = -4.0  # log-odds of a text that shows nothing
# Log-odds from which a text is one to be careful with, and, with reasons of two roles, a scam.
OF_SIGNS = -1.2, 2.5
WITH_WORDS = 0.3, 5.0
ENOUGH = 2.8  # a sign of a link that makes a text amber by itself
OUTSPOKEN = -3.0  # a sign that speaks so much for a text (a warning, news, a good end) keeps it from red
MOST_FOR = -3.5  # what speaks for a text counts at most so much: a swindler can write it too
HARDLY_WORDS = 3  # a text of so few words is hardly more than its link, which its own signs judge
AGAIN = 0.5  # the second sign of one role counts half, the third a quarter


# What an honest message says of itself; told of a caller it says nothing.
_OF_STORIES = frozenset(
    {
        "g_warning",
        "g_news",
        "g_never_asks",
        "g_turned_out_well",
        "g_go_in_person",
        "official_links",
        "link_official",
        "asks_if_true",
    }
)


def judge(text: Text, words: Weights | None = None, *, sender: str = "", story: bool = False) -> Verdict:
    """The verdict on a text taken apart.

    `words`: what its words add; None: the signs stand alone. `story`: it tells of a call or a meeting, in the teller's own words.
    """
    line = words.line(story=story) if words and len(text.folded.words) > HARDLY_WORDS else None
    found = reasons(text, line, story=story)
    kind = kind_of(found) or knowledge.types()["other"]
    if kind.code == "fake_bank_account_lock" and _names_no_bank(text):
        kind = knowledge.types()["fake_brand_sms"]
    learnt = 0.0
    if words and line:
        parts = words.parts(text.folded.marked, line.words)
        learnt = parts.total
        total = line.bias + added(learnt, line.words * words.bias) + balance(found)
        limits = WITH_WORDS
        warns, warning = (
            _warning(words, text, found, story=story) if total >= limits[0] or _by_link(found) else (0.0, ())
        )
        learnt = -warns if warns >= RATHER and not story else learnt
        total += sum(one.weight for one in warning)
        found = (*found, *_shown(parts, text), *warning)
    else:
        found = weighed(found)
        total = BIAS + balance(found)
        limits = OF_SIGNS
    level = level_of(total, found, limits, learnt)
    return Verdict(
        level,
        round(chance(total), 6),
        None if level is Level.NONE else kind,
        tuple(sorted(found, key=lambda one: -one.weight)),
        brand_of(text, found),
        () if level is Level.NONE else kind.advice,
        _official(text, sender if level is Level.NONE else ""),
        text.links,
        text.phones,
        text.accounts,
    )


def reasons(text: Text, line: Line | None = None, *, story: bool = False) -> tuple[Found, ...]:
    """The signs of a text, each with the weight that people gave it, or that of `line`."""
    seen = signs.find(text, line.signs) if line else signs.find(text)
    return tuple(one for one in seen if one.sign.role != "genuine" or one.code in _OF_STORIES) if story else seen


def _official(text: Text, sender: str) -> tuple[str, ...]:
    """The bodies whose sites or sender name the text bears. A sender name can be forged: it counts only where nothing is seen."""
    bodies = [facts.body for link in text.links if (facts := sites.facts(link.host)).trusted]
    known = knowledge.senders().get(sender.strip().upper())
    if known and len(bodies) == len(text.links):
        bodies.append(known.body)
    return tuple(dict.fromkeys(bodies))


SHOWN = 4  # pairs of learnt words that are shown for a text, and against it
_ADDS = itemgetter(0)
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        """anh ban bang cac cai chi cho chua con cua cung dang day dau den duoc gio hay hom khi khong lai lam len luon mai may minh
        moi mot muon nam nao nay nen neu ngay nguoi nhe nhu nhung noi phai qua quy rat rieng roi sang sau tai the theo thi thoi tin
        toi tren tung tuy van vao vay vua vui xin""",
    )
)  # words that say nothing to a reader


def _shown(parts: Parts, text: Text) -> Iterator[Found]:
    """The words that add most, and those that take most, as signs: pairs before single words, none of them little ones."""
    for code, side in (("words_of_lures", 1), ("words_of_genuine", -1)):
        sign = knowledge.signs()[code]
        for adds, span in _telling(parts, text, side):
            yield Found(sign, span, round(adds, 3))


def _warning(words: Weights, text: Text, found: Iterable[Found], *, story: bool) -> tuple[float, tuple[Found, ...]]:
    """The log-odds that a text only warns, and the words by which it is known to; what its signs add goes to them by the chance.

    Who warns of a scam, or tells how one ended, says what swindlers say. Words are named only where it is clear.
    """
    if words.warning is None or not signs.may_warn(one.code for one in found):
        return 0.0, ()
    places, beside = unquoted(text.folded, story=story)
    marked = text.folded.marked
    parts = words.warning.parts([marked[place] for place in places], beside=beside)
    warns = words.warning.bias + parts.total
    taken = share_of_warning(warns) * sum(one.weight for one in found if one.weight > 0)
    telling = [*_telling(parts, text, 1, places)] if taken else []
    whole = sum(adds for adds, _span in telling)
    sign = knowledge.signs()["words_of_warning"]
    return warns, tuple(Found(sign, span, -round(taken * adds / whole, 3)) for adds, span in telling)


def _telling(
    parts: Parts, text: Text, side: int, places: Sequence[int] | None = None
) -> Iterator[tuple[float, tuple[int, int]]]:
    """The words that speak most for one side, 1 or -1, with what each adds and where it stands.

    `parts`: of all words, or of those at `places`.
    """
    words = text.folded.words if places is None else [text.folded.words[place] for place in places]
    places = range(len(words)) if places is None else places
    taken: set[int] = set()
    for more, told in ((1, parts.pairs), (0, parts.words)):
        for adds, at in sorted(told, key=_ADDS, reverse=side > 0):
            if adds * side < 0 or len(taken) >= 2 * SHOWN:
                break
            if taken.isdisjoint((at, at + more)) and (_tells(words[at]) or _tells(words[at + more])):
                taken.update((at, at + more))
                yield adds, text.folded.span(places[at], places[at + more])


def _tells(word: str) -> bool:
    """Whether a folded word means something to a reader."""
    return len(word) > 2 and word.isalpha() and word not in _LITTLE


def weighed(found: Iterable[Found]) -> tuple[Found, ...]:
    """The signs with what each adds: those of one role that follow a heavier one add less."""
    by_role: dict[tuple[str, bool], list[Found]] = {}
    for one in sorted(found, key=lambda one: -abs(one.weight)):
        by_role.setdefault((one.sign.role, one.weight > 0), []).append(one)
    return tuple(
        one._replace(weight=round(one.weight * AGAIN**place, 3)) if place else one
        for group in by_role.values()
        for place, one in enumerate(group)
    )


def balance(found: Sequence[Found]) -> float:
    """What the signs come to, in log-odds."""
    against = sum(one.weight for one in found if one.weight > 0)
    return against + max(MOST_FOR, sum(one.weight for one in found if one.weight < 0))


# Types that say how a lure travels, not what it is after; they give way to any other that a sign speaks for.
_GENERAL = frozenset({"phishing_link_seeding", "spam_advert", "fake_brand_sms", "other"})


def kind_of(found: Iterable[Found]) -> knowledge.ScamType | None:
    """The type that the signs speak for most."""
    votes = _votes(found)
    telling = [code for code in votes if code not in _GENERAL] or [*votes]
    best = max(telling, key=lambda code: votes[code], default="")  # of equals the one that a sign names first
    return knowledge.types().get(best)


_OF_BANKS = frozenset({"bank", "wallet", "finance", "ministry"})  # the State Bank stands among the ministries


def _names_no_bank(text: Text) -> bool:
    """Whether it names brands, in words or in links, and none of a bank: then it is not their banks that people should ring."""
    names = {brand.brand for _, brand in text.brands} | {sites.facts(link.host).imitates for link in text.links}
    kinds = {knowledge.official()[one.body_domain].kind for one in knowledge.brands() if one.brand in names}
    return bool(kinds - {"platform"}) and kinds.isdisjoint(_OF_BANKS)  # where to write on (Zalo) tells nothing


def _votes(found: Iterable[Found]) -> dict[str, float]:
    """How much the signs speak for each type; a link tells less of what is wanted than words do."""
    votes: dict[str, float] = defaultdict(float)
    for one in found:
        if one.weight > 0:
            for code in one.sign.types:
                votes[code] += one.sign.weight / len(one.sign.types) ** 0.5 / (1 + (one.sign.role == "link"))
    return votes


# What is unwelcome or against the law, but seldom a lure to a false page: said so, but not called a scam.
_MILD = frozenset(
    {"gambling", "sex_service_lure", "debt_threat", "callback_lure", "spam_advert", "loan_fraud", "other"}
)


_NO_REASONS_FOR_RED = frozenset(
    {"words_of_lures", "form_disguised", "form_disguised_much", "form_noise", "form_random_tail"}
)


_OFFERED = frozenset({"lure", "scheme"})  # good news of a known kind, before anything is asked


def level_of(total: float, found: Sequence[Found], limits: tuple[float, float], learnt: float = 0.0) -> Level:
    """The level of a sum; `limits`: from which sums it is amber, and red. `learnt`: what the words found speak for it.

    Red needs reasons of two roles, told by what people gave their signs, so that no single word makes it, more than an offer, a way
    other than official sites, and words that do not speak against it, nor rather warn. That a text is written in disguise is none
    of the reasons: it makes what the text says no worse.
    """
    if total < limits[0] and not (_by_link(found) and all(one.code != "words_of_warning" for one in found)):
        return Level.NONE  # a link that is enough by itself is not talked away by kind words, but by a warning
    roles = {one.sign.role for one in found if one.sign.weight >= 0.4 and one.code not in _NO_REASONS_FOR_RED}
    votes = _votes(found)
    mild = max(votes, key=lambda code: votes[code], default="") in _MILD
    spoken_for = signs.by_official_way({one.code for one in found}) or any(
        one.sign.weight <= OUTSPOKEN and one.code != "words_of_genuine" for one in found
    )
    if total >= limits[1] and learnt >= 0 and len(roles) > 1 and not roles <= _OFFERED and not mild and not spoken_for:
        return Level.SCAM
    return Level.CAUTION


def _by_link(found: Iterable[Found]) -> bool:
    """Whether a link is enough by itself."""
    return any(one.sign.role == "link" and one.sign.weight >= ENOUGH for one in found)


def brand_of(text: Text, found: Iterable[Found]) -> str:
    """Whom the text poses as: by its link first, else the brand it names, when it is no official message.

    Where it asks to write on elsewhere, Zalo or Telegram is only the way there.
    """
    for link in text.links:
        if posed := sites.facts(link.host).imitates:
            return posed
    against = {one.code for one in found if one.weight > 0}
    kinds = {brand.brand: knowledge.official()[brand.body_domain].kind for _, brand in text.brands}
    named = [name for name, kind in kinds.items() if kind != "platform" or "contact_by_chat" not in against]
    return named[0] if named and against else ""
