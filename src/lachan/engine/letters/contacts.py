"""How to reach the people named: phones, e-mail, links."""

import re
from dataclasses import dataclass

from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.source import Source

_EMAIL = re.compile(
    r"(?<![\w.])[\w][\w.+\-]{0,63}[ ]?\(?@[ ]?[\w\-]{1,63}(?:[ ]?\.(?:\s{0,5}(?=(?:gov|edu|com|org|net|vn)\b)|"
    r"[ ]?)[a-zA-Z0-9\-]{2,63}){1,5}"
    r"|(?<![\w.])[a-zA-Z0-9][a-zA-Z0-9_.+\-]{0,63}(?:@[ \t]{0,3}\n[ \t]{0,20}|[ \t]{0,3}\n[ \t]{0,20}@)"
    r"(?:[a-zA-Z0-9\-]{1,63}\.){1,5}[a-zA-Z]{2,10}"
)
_URL = re.compile(r"(?:https?\s?:\s?//\s?|www\.)[^\s<>\"“”|)\]]{3,400}", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@./\-])(?:[a-z0-9](?:[a-z0-9\-]{0,40})\.){1,5}(?:gov\.vn|edu\.vn|org\.vn|com\.vn|net\.vn|vn|"
    r"com|org|net)(?:/[^\s<>\"“”|)\],;]{0,300})?(?![\w@])",
    re.IGNORECASE,
)
_URL_GOES_ON = re.compile(r"\s{0,6}([\w][\w\-./%?=&]{2,200})")
_PHONE_CUE = re.compile(
    r"\b(?:dien thoai|dt|d/t|sdt|so may|hotline|duong day nong|tong dai|di dong|zalo|tel|phone|goi (?:toi|"
    r"den|vao|so)|lien he|lien lac|so dien thoai|dau so)\b"
)
_PHONE = re.compile(
    r"(?<![\w.\-])(?<!\D/)(?:\(?\+?84\)?[ .\-]?|\(?0)\(?\d{1,4}\)?(?:(?:[ .\-]|\n(?=\d{3}\b))?\(?\d{1,4}\)?){1,5}"
    r"(?!\w)(?!/\d{1,4}\b)|(?<![\w./])1[89]00[ .\-]?\d{2,4}(?:[ .\-]?\d{2,4})?(?![\w/])"
)
_SHORT = re.compile(
    r"(?:\b(?:tong dai|hotline|duong day nong|dau so|goi|so dien thoai|"
    r"dien thoai)\b[^.;\n\d]{0,40}?\s)(?P<number>\d{3,8})(?P<more>(?:(?:,|\s+va|\s+hoac|"
    r"/)\s*\d{3,8}\b)*)(?![\w/%.]\d|\w)"
)
_FAX = re.compile(r"\bfax\b[^\d\n]{0,12}$")
_STAMP = re.compile(r"(?:nguoi ky|ky boi|co quan|thoi gian ky|chu ky so|signed by|signature|email)\s?:")
_END = ".,;:)]}>'\"”*_/"


@dataclass(frozen=True)
class Contacts:
    phones: tuple[Found[str], ...]
    emails: tuple[Found[str], ...]
    urls: tuple[Found[str], ...]

    def __bool__(self) -> bool:
        return bool(self.phones or self.emails or self.urls)


def contacts(src: Source) -> Contacts:
    """Phones, e-mail addresses and links, each once, in order; those inside a digital signature's stamp are left out."""
    stamps = _stamps(src)
    emails = _emails(src, stamps)
    urls = _urls(src, stamps, [span for _, span in emails])
    phones = _phones(src, stamps, [span for _, span in [*emails, *urls]])
    return Contacts(_once(src, phones), _once(src, emails), _once(src, urls))


_Hit = tuple[str, Span]


def _once(src: Source, hits: list[_Hit]) -> tuple[Found[str], ...]:
    kept: dict[str, Found[str]] = {}
    for value, span in sorted(hits, key=lambda hit: hit[1]):
        key = re.sub(r"[^\w]", "", value).lower()
        kept.setdefault(key, Found(value, (src.span(*span),), 0.9))
    return tuple(kept.values())


def _stamps(src: Source) -> list[Span]:
    """The lines of a stamp that signing software prints: "Người ký: …", "Email: …", "Thời gian ký: …"."""
    found = []
    for match in re.finditer(r"(?:nguoi ky|ky boi|thoi gian ky|signed by|digitally signed)", src.bare):
        start = src.bare.rfind("\n", 0, match.start()) + 1
        if match.start() - start > 12:
            continue
        end = match.end()
        for _ in range(6):
            line_end = src.bare.find("\n", end + 1)
            following = src.bare[end + 1 : line_end if line_end > 0 else len(src.bare)].strip()
            end = line_end if line_end > 0 else len(src.bare)
            if (
                not (following == "" or _STAMP.match(following) or end == match.end())
                and src.bare[start:end].count("\n") > 1
            ):
                break
        found.append((start, end))
    return found


def _inside(place: int, spans: list[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _emails(src: Source, stamps: list[Span]) -> list[_Hit]:
    hits = []
    for match in _EMAIL.finditer(src.text):
        value = re.sub(r"[\s(]", "", match[0]).rstrip(_END + "-")
        if not _inside(match.start(), stamps) and re.search(r"\.[a-zA-Z]{2,10}$", value):
            hits.append((value, match.span()))
    return hits


def _urls(src: Source, stamps: list[Span], taken: list[Span]) -> list[_Hit]:
    hits: list[_Hit] = []
    for match in _URL.finditer(src.text):
        if not _inside(match.start(), stamps) and not _inside(match.start(), taken):
            hits.append(_whole_url(src, match))
    done = [span for _, span in hits]
    for match in _DOMAIN.finditer(src.text):
        known = _inside(match.start(), [*stamps, *taken, *done])
        if not known and (
            match[0].lower().count(".") > 1 or match[0].lower().endswith((".vn", ".com", ".org", ".net"))
        ):
            hits.append((match[0].rstrip(_END), match.span()))
    return hits


def _whole_url(src: Source, match: re.Match[str]) -> _Hit:
    """The link, with what a line break cut off: it goes on when it breaks after a hyphen, a stroke, or inside a number of words."""
    value, end = re.sub(r"\s", "", match[0]), match.end()
    for _ in range(4):
        more = _URL_GOES_ON.match(src.text, end)
        if not more or not value.endswith(("-", "/", "_", "=", "?", "&", "%")) or more[1].lower().startswith("http"):
            break
        if not re.fullmatch(r"[!-~]+", more[1]) or not (re.search(r"[-/\d._]", more[1]) or "\n" in more[0]):
            break
        value, end = value + more[1], more.end()
    kept = value.rstrip(_END) + ("/" if value.endswith("/") and value.count("/") > 3 else "")
    return kept, (match.start(), end)


def _phones(src: Source, stamps: list[Span], taken: list[Span]) -> list[_Hit]:
    held = [*stamps, *taken]
    hits = [
        (_tidy(match[0]), match.span())
        for match in _PHONE.finditer(src.bare)
        if not _inside(match.start(), held) and _is_phone(src, match)
    ]
    held += [span for _, span in hits]
    for match in _SHORT.finditer(src.bare):
        for number in re.finditer(r"\d{3,8}", src.bare[match.start("number") : match.end()]):
            start = match.start("number") + number.start()
            if _IDENTITY.search(src.bare[max(0, start - 40) : start]) or _MASK.match(src.bare, start + len(number[0])):
                continue
            if not _inside(start, held) and not re.fullmatch(r"(?:19|20)\d\d", number[0]):
                hits.append((number[0], (start, start + len(number[0]))))
    return hits


_IDENTITY = re.compile(
    r"\b(?:ma so (?:thue|doanh nghiep)|mst|msdn|tai khoan|stk|cccd|cmnd|can cuoc(?: cong dan)?|(?:ma )?dinh danh)"
    r"[\s:.]{0,4}(?:so)?[\s:.]{0,4}$"
)
_MASK = re.compile(r"[ .\-]{0,2}(?:x{2}|\*{2})")
_OTHER_NUMBER = re.compile(r"\b(?:so|tai khoan|ma|cccd|cmnd)\s?:?\s?$")


def _is_phone(src: Source, match: re.Match[str]) -> bool:
    """A number of the right length, with a word for phones before it or as long as phones are; not a fax, not an account."""
    digits = re.sub(r"\D", "", match[0])
    before = src.bare[max(0, match.start() - 120) : match.start()]
    if _IDENTITY.search(before[-40:]) or _MASK.match(src.bare, match.end()):
        return False
    cue = _PHONE_CUE.search(before) is not None
    if digits.startswith(("1800", "1900")):
        return cue or "-" not in match[0]
    if not 8 <= len(digits) <= 12 or _FAX.search(before[-20:]):
        return False
    return cue or (len(digits) in (10, 11) and not _OTHER_NUMBER.search(before[-14:]))


def _tidy(number: str) -> str:
    value = " ".join(number.split()).strip(" .-")
    return value if value.count("(") == value.count(")") else value.replace("(", "").replace(")", "")
