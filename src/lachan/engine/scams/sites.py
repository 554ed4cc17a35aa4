"""What can be said of a site by its name alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lachan.engine.scams import knowledge, resemblance
from lachan.engine.scams.characters import plain
from lachan.engine.scams.domains import Name, ends_with_any, is_state, official, split
from lachan.engine.scams.lookalike import Imitation, Way, imitated
from lachan.engine.scams.spelling import syllables


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known and seen of one host. `signs`: codes, each with what only this host tells."""

    host: str
    trusted: bool  # it belongs to a body that is known, or to the state
    body: str
    imitates: str  # the brand it poses as
    signs: tuple[tuple[str, str], ...]


# Sites where anybody writes: that the site is known says nothing of who wrote.
_CHATS = frozenset({"zalo.me", "chat.zalo.me", "t.me", "telegram.me", "m.me", "wa.me", "join.skype.com", "line.me"})
_WAYS = {
    Way.PREFIX: "link_official_as_prefix",
    Way.LETTERS: "link_false_letters",
    Way.NEAR: "link_brand_near",
    Way.PART: "link_brand_misplaced",
}
# What the letters of a brand may show too: reported names are full of brands.
_OF_THE_BRAND = frozenset({"link_gibberish", "link_like_reported"})
_OF_MONEY = frozenset({"bank", "wallet", "finance", "ministry", "state", "province", "public_service"})


@lru_cache(maxsize=20_000)
def facts(host: str) -> Facts:
    """What `host`, in small letters, shows. A free site is nobody's, whoever owns the name above it."""
    if host in _CHATS:
        return Facts(host, trusted=False, body="", imitates="", signs=(("link_chat", host),))
    free = ends_with_any(host, knowledge.free_hosts())
    body = None if free else official(host)
    if body and (body.anybodys or body.kind == "tech"):
        return Facts(host, trusted=False, body="", imitates="", signs=())
    if body or is_state(host):
        named = (("link_official", body.body),) if body else ()
        return Facts(host, trusted=True, body=body.body if body else host, imitates="", signs=named)
    likeness = imitated(host)
    shown = [*_reports(host), *_named(host, free)]
    if likeness:
        told_already = _OF_THE_BRAND if likeness.sure else {"link_gibberish"}
        shown = [*(one for one in shown if one[0] not in told_already), *_posing(likeness)]
    return Facts(host, trusted=False, body="", imitates=likeness.brand if likeness else "", signs=tuple(shown))


def _posing(likeness: Imitation) -> Iterator[tuple[str, str]]:
    yield _WAYS[likeness.way] if likeness.sure or likeness.way is Way.NEAR else "link_brand_beside", likeness.brand
    body = knowledge.official().get(likeness.domain)
    if likeness.sure and body and body.kind in _OF_MONEY:
        yield "link_poses_as_bank", likeness.brand


def _reports(host: str) -> list[tuple[str, str]]:
    for listed in knowledge.reported():
        if found := ends_with_any(host, listed.hosts):
            day = f"{listed.day.day}/{listed.day.month}/{listed.day.year}"
            code = "link_reported_known" if split(found).domain in knowledge.well_known() else "link_reported"
            return [(code, f"{listed.by}, {day}")]
    return []


def _named(host: str, free: str | None) -> list[tuple[str, str]]:
    """What the name itself shows, of a site that is nobody's we know."""
    if short := ends_with_any(host, knowledge.shorteners()):
        return [("link_shortener", short)]
    name = split(host)
    if name.is_number:
        return [("link_number", host)]
    if host.endswith(".edu.vn"):  # given to schools only (Thông tư 24/2015/TT-BTTTT)
        return []
    free = free or (name.suffix if name.private and name.label else "")
    ending = host.rpartition(".")[2]
    cheap = ending in knowledge.endings()
    seen = (
        ("link_unknown", host),
        ("link_free_host", free),
        ("link_cheap_ending", ending if cheap and not free else ""),
        ("link_foreign_letters", host if _reads_as_ours(name.host) else ""),
        ("link_gibberish", name.label if not cheap and is_gibberish(name.label) else ""),  # there even good ones are
        ("link_betting_name", name.label if _BETTING.search(name.label) else ""),
        ("link_bait_words", _bait(name)),
        ("link_like_reported", _like_reported(name)),
    )
    return [(code, note) for code, note in seen if note]


def _reads_as_ours(host: str) -> bool:
    """Whether other letters stand where plain ones are read; a name wholly in Chinese or Arabic poses as nothing."""
    return "xn--" in host or (not host.isascii() and plain(host).replace("\0", "").isascii())


def _like_reported(name: Name) -> str:
    """The parts of a name that is like those of reported sites; "" when it is not."""
    table = resemblance.learnt()
    return ", ".join(table.told(name)) if name.label and table.score(name) >= table.at else ""


# What swindlers put into names so that people log in, pay or come for a gift.
_BAIT = re.compile(
    r"dangnhap|xacthuc|xacminh|capnhat|nangcap|khoiphuc|mokhoa|nhanqua|nhantien|nhanthuong|trungthuong|quatang|hoantien|ruttien"
    r"|doidiem|tichdiem|hanmuc|tindung|vaytien|vaynhanh|vayvon|tinchap|khachhang|duyetdon|duyetvay|phatnguoi"
    r"|login|signin|verify|ibank|ebank"
)


def _bait(name: Name) -> str:
    found = _BAIT.search("".join((*name.under, name.label)).replace("-", ""))
    return found[0] if found else ""


# Names of betting houses: a word of the trade beside lucky digits.
_BETTING = re.compile(
    r"casino|nhacai|taixiu|xoso|xocdia|nohu|banca|gamebai|doithuong|baccarat|sunwin|kubet|thabet|bong88|w88|jun88|vn88|bk8|fun88|789bet"
    r"|(?:bet|win|club|vip|game)\d|\d(?:bet|win|club|vip|game|play|vn)(?![a-z])|^[a-z]{1,4}(?:66|77|88|99|68|86|79|789|888|999|365)\d?$"
    r"|bet$|win$(?<=[a-z]{3}win)"
)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")


@lru_cache(maxsize=20_000)
def is_gibberish(label: str) -> bool:
    """Whether a registered label is letters thrown together: "pwmgh", "agh7nom", "xk2f9q"."""
    bare = label.replace("-", "")
    if len(bare) < 5 or syllables(bare[:40]):
        return False
    if sum(c.isdigit() for c in bare[1:-1]) and re.search(r"[a-z]\d+[a-z]", bare) and len(bare) > 5:
        return True
    vowels = sum(c in "aeiouy" for c in bare)
    letters = sum(c.isalpha() for c in bare)
    return bool(_CONSONANTS.search(bare)) and vowels * 4 <= letters
