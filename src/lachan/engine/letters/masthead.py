"""The fixed signs of a letter's head: state motto, number line, place and date; found first, and cut out of the columns."""

import re
from dataclasses import dataclass

from lachan.engine.letters.alphabet import LOWER, UPPER
from lachan.engine.letters.dates import When, iso
from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.source import CELL_BREAK, Source

_MOTTO = re.compile(
    r"c[o0]ng\s?h[o0]a\s?x.\s?h[o0q]i(?:\s{0,3}ch.\s?ngh[il1]a(?:\s{0,3}vi[e.]t\s{0,3}nam)?)?"
    r"|ch.[ ]ngh[il1]a\s{0,3}vi[e.]t\s{0,3}nam"
    r"|d[o0o]c[ ]*l[a.]p[ ]*[-–—_.~=:]*[ ]*t[uư.][ ]*d[o0][ ]*[-–—_.~=:]*[ ]*h[a.]nh[ ]*ph[u.]c"
    r"|dang cong san viet nam"
)
_LINE_END = re.compile(rf"[\n{CELL_BREAK}]")
_HEAD = 6_000  # characters within which the office that received a letter puts its stamp
_MARGIN = r"(?:\n[ \t|>*]{0,20}){0,2}"
_DAY = r"(?:ngay|gio)(?: den)?\s?[:.]?[ \t._…\d/\-:hg]{0,40}(?:thang[ ._…\d]{0,20}nam[ ._…\d]{0,12})?"
_RECEIVED = re.compile(
    rf"(?:^|(?<=[|{CELL_BREAK}]))[ \t>]{{0,20}}(?P<word>(?:cong van |van ban )?den)\b[ \t:.]{{0,8}}{_MARGIN}"
    rf"(?:so(?: den)?\b[ ]?[:.]?[ \t._…]{{0,30}}(?:\d{{1,6}})?(?![ ]?[/\-\d])(?:[ \t]{{0,20}}{_MARGIN}{_DAY})?|{_DAY})"
    r"(?:\n[ \t|>]{0,20}(?:chuyen|luu ho so(?: so)?|gio|ngay(?: den)?)\s?:[^\n]{0,60}){0,3}",
    re.MULTILINE,
)
_ABOVE_STAMP = re.compile(r"(?:^|\n)[ \t>|]{0,20}(?P<body>[^\n|]{3,70})\n[ \t>|]{0,20}\Z")
_BLANK = r"[ \t._…\-]"
_NUMBER = re.compile(
    r"(?:(?:^|(?<=[|\t\x1e]))[ \t]{0,60}|(?<=[^\W\d_])[ \t]{1,8}|"
    r"(?<=   ))(?P<head>s[o0]\s?[:;.,]?)(?:(?<=:)[ \t]{0,3}\n)?"
    rf"{_BLANK}{{0,60}}(?P<number>\d{{1,5}}[a-z]?)?{_BLANK}{{0,60}}(?P<cut>[/-]{_BLANK}{{0,3}}(?=[a-z\d])|"
    rf"[ ](?=[a-z]{{1,4}}[/-])|$|(?=\n))",
    re.MULTILINE,
)
_SIGN = r"[A-ZĐƯÂÔƠÊĂÁÀ][A-Za-zĐđ0-9ƯưÂÔƠÊĂ]*(?:\(\w{1,6}\))?"
SYMBOL = re.compile(
    rf"(?:(?:19|20)\d\d\s{{0,2}}[/-]\s{{0,2}})?{_SIGN}(?:[ \t]?[/&.+][ \t]?{_SIGN}|"
    rf"[ \t]{{0,2}}[-–][ \t]?\n?[ \t]?{_SIGN}|,(?=[A-ZĐ]){_SIGN})*(?![{LOWER}])"
)
_DATE_LINE = re.compile(
    r",?\s{0,3}\bnga[yv][\s._…/\-]{0,30}(?P<day>\d{1,2})?[\s._…/\-]{0,30}t[hn]ang[\s._…/\-]{0,30}"
    r"(?P<month>\d{1,2})?[\s._…/\-]{0,30}na[mn]"
    r"(?:[\s._…]{0,10}(?P<year>20\s?[0-9]\s?[0-9]|19\d\d|20))?"
    r"|,\s{0,3}(?:ngay\s{1,3})?(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>20\d\d)"
    r"(?=\s*(?:$|\n|[|\t]))"
    r"|,\s{0,3}ngay[\s._…]{0,12}/\s?(?P<month4>\d{1,2})\s?/\s?(?P<year4>20\d\d)"
    r"|,\s{0,3}thang\s{1,3}(?P<month3>\d{1,2})\s{1,3}nam\s{1,3}(?P<year3>20\d\d)(?=\s*(?:$|\n|[|\t]))"
)
_PLACE = re.compile(
    r"(?:(?:[Tt]hành phố|[Tt]ỉnh|TP\.?|Tp\.?|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã|[Tt]hị trấn)\s?)?"
    rf"[{UPPER}][\w']*(?:(?:\s{{1,2}}|[ ]?[-–]\s?)[{UPPER}0-9][\w']*){{0,5}}[ ]*$"
)


@dataclass(frozen=True)
class Masthead:
    """The signs found. `cuts` are their places in the cleaned text; `anchors` where the head of the letter must be."""

    number: Found[str] | None
    symbol: Found[str] | None
    place: Found[str] | None
    date: Found[When] | None
    cuts: tuple[Span, ...]
    anchors: tuple[int, ...]
    number_at: int | None


def masthead(src: Source) -> Masthead:
    """Read the state motto, the number and symbol, the place and date; each None where the text has none."""
    mottos, stamps = _mottos(src), _stamps(src)
    number_span, number, symbol = _number(src, stamps)
    date_span, place, when = _date(src, mottos, number_span)
    own = [*mottos, *(span for span in (number_span, date_span) if span)]
    anchors = tuple(sorted(start for start, _ in own))
    cuts = (*own, *stamps)
    return Masthead(number, symbol, place, when, cuts, anchors, number_span[0] if number_span else None)


def _stamps(src: Source) -> list[Span]:
    """The stamps "ĐẾN, số, ngày" of the office that received the letter, with its name where that stands above them."""
    found = []
    for match in _RECEIVED.finditer(src.bare, 0, _HEAD):
        if not src.text[slice(*match.span("word"))].isupper():
            continue
        above = _ABOVE_STAMP.search(src.text[max(0, match.start() - 100) : match.start()])
        start = match.start()
        if above and above["body"].isupper() and "   " not in above["body"].strip():
            before = start - above.end() + above.start("body")
            if _NUMBER_LINE.search(src.bare[:before]) or (
                not src.text[:before].strip(" \n\t>|*_-") and _head_follows(src, match.end())
            ):
                start = before
        found.append((start, match.end()))
    return found


def _head_follows(src: Source, place: int) -> bool:
    """Another line in capitals comes next, which is no motto: the letter's own head."""
    after = src.text[place : place + 200]
    start = place + len(after) - len(after.lstrip(" \n\t>|*_-"))
    return src.text[start : start + 6].isupper() and not _MOTTO.match(src.bare, start)


_NUMBER_LINE = re.compile(r"\bso\s?[:.]")


def _mottos(src: Source) -> list[Span]:
    return [match.span() for match in _MOTTO.finditer(src.bare) if _is_sign(src.text, *match.span())]


def _is_sign(text: str, start: int, end: int) -> bool:
    """In capitals, or alone to the end of its line: not the words inside a sentence."""
    word = text[start:end]
    if sum(c.isupper() for c in word) > len(word) // 2:
        return True
    after = _LINE_END.split(text[end : end + 40], maxsplit=1)[0].strip(" \t|-_*")
    before = _LINE_END.split(text[max(0, start - 80) : start])[-1].strip(" \t|-_*")
    return not after and (not before or before.isupper())


def _number(src: Source, stamps: list[Span]) -> tuple[Span | None, Found[str] | None, Found[str] | None]:
    for match in _NUMBER.finditer(src.bare):
        head = src.text[match.start("head") : match.end("head")]
        if any(start <= match.start("head") < end for start, end in stamps):
            continue
        if head[0] not in "S$" or not (":" in head or _starts_line(src.text, match.start("head"))):
            continue
        symbol = SYMBOL.match(src.text, match.end()) if match["cut"] else None
        if not symbol and not (match["number"] and ":" in head and not match["cut"]):
            continue
        end = symbol.end() if symbol else match.end()
        if not _is_number_line(src, end, head):
            continue
        return (match.start("head"), end), _as_number(src, match), _as_symbol(src, symbol)
    return None, None, None


def _starts_line(text: str, place: int) -> bool:
    return not text[max(text.rfind("\n", 0, place) + 1, place - 80) : place].strip(" \t|")


def _is_number_line(src: Source, end: int, head: str) -> bool:
    """What follows is not the date of a document named in a sentence."""
    after = src.bare[end : end + 30].lstrip(" ,;")
    return not after.startswith(("ngay", "cua", "ve ")) or (
        after.startswith("ngay") and ":" in head and "\n" in src.bare[end : end + 3]
    )


def _as_number(src: Source, match: re.Match[str]) -> Found[str] | None:
    if not match["number"]:
        return None
    start, end = match.span("number")
    return Found(src.text[start:end], (src.span(start, end),), 0.97)


def _as_symbol(src: Source, match: re.Match[str] | None) -> Found[str] | None:
    if not match:
        return None
    return Found(tidy_symbol(match[0]), (src.span(*match.span()),), 0.97)


_TYPE_SLIPS = re.compile(r"\b(CIr|TIr|Q[DB0]|ND|HDND|BCD|SGDDT|GDDT|UBNĐ)(?=[-/&]|$)")
_RUN_TOGETHER = re.compile(
    r"(?<![^/])(QĐ|NQ|NĐ|TT|KH|CT|TTr|BC|TB|HD|CĐ)(TTg|CP|UBND|HĐND|TW|TU|VPCP|CTN|B[A-ZĐ]{2,8})$"
)
_SLIPS = {
    "CIr": "CTr",
    "TIr": "TTr",
    "QD": "QĐ",
    "QB": "QĐ",
    "Q0": "QĐ",
    "ND": "NĐ",
    "HDND": "HĐND",
    "BCD": "BCĐ",
    "SGDDT": "SGDĐT",
    "GDDT": "GDĐT",
    "UBNĐ": "UBND",
}


def tidy_symbol(symbol: str) -> str:
    """`symbol` without spaces, with plain hyphens, and with the Đ that scanning loses: QD-TTg is QĐ-TTg."""
    plain = re.sub(r"\s+", "", symbol.replace("–", "-"))
    return _RUN_TOGETHER.sub(r"\1-\2", _TYPE_SLIPS.sub(lambda slip: _SLIPS[slip[0]], plain))


def _date(
    src: Source, mottos: list[Span], number: Span | None
) -> tuple[Span | None, Found[str] | None, Found[When] | None]:
    """The line of place and date: the one nearest to the other signs of the head, else the first."""
    best: tuple[int, Span, Found[str] | None, Found[When] | None] | None = None
    signs = [start for start, _ in mottos] + ([number[0]] if number else [])
    for match in _DATE_LINE.finditer(src.bare):
        place = _place(src, match, number)
        if place is None or not _ends_line(src, match.end()):
            continue
        distance = min((abs(match.start() - sign) for sign in signs), default=match.start())
        if best is None or distance < best[0]:
            best = distance, (place.start(), match.end()), _as_place(src, place), _as_when(src, match)
    return best[1:] if best else (None, None, None)


def _ends_line(src: Source, end: int) -> bool:
    after = src.text[end : end + 12].split("\n", 1)[0]
    return not after.strip(" \t|.…-_*") or after.startswith(("   ", "\t", " |", "|")) or after.lstrip()[:2].isupper()


def _place(src: Source, match: re.Match[str], number: Span | None) -> re.Match[str] | None:
    bound = "," in match[0][:4]
    line_start = max(src.text.rfind("\n", 0, match.start()) + 1, match.start() - 120)
    if number and line_start <= number[1] <= match.start():
        line_start = number[1]
    for separator in ("|", "\t", "   ", "\x1e"):
        line_start = max(line_start, src.text.rfind(separator, line_start, match.start()) + len(separator))
    found = _PLACE.search(src.text[line_start : match.start()])
    if not found:
        return None
    start = line_start + found.start()
    if not bound and src.text[line_start:start].strip():
        return None  # "Hà Nội ngày 15 …" without a comma only where nothing else is on the line
    above = _ABOVE.search(src.text[max(0, start - 40) : start]) if start == line_start else None
    return _PLACE.search(src.text, start - len(above[1]) if above else start, match.start())


_ABOVE = re.compile(
    rf"\n[ \t|]*([{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)?(?: ?[-–](?: ?[{UPPER}][{LOWER}]+){{0,2}})?[ \t]*\n[ \t]*)\Z"
)  # "Hà" on a line of its own, before "Nội"; "Bà Rịa - Vũng", before "Tàu"


def _as_place(src: Source, match: re.Match[str]) -> Found[str] | None:
    name = " ".join(match[0].split())
    return Found(name, (src.span(match.start(), match.start() + len(match[0].rstrip())),), 0.95) if name else None


def _as_when(src: Source, match: re.Match[str]) -> Found[When] | None:
    numbers = {name: _digits(match, name) for name in ("day", "month", "year")}
    year, month, day = numbers["year"], numbers["month"], numbers["day"]
    when: When | None = None
    if year and month and day:
        when = iso(year, month, day)
    if when is None:
        when = {name: value for name, value in (("year", year), ("month", month)) if value}
    if not when:
        return None
    full = isinstance(when, str)
    return Found(when, (src.span(match.start(), match.end()),), 0.97 if full else 0.85)


def _digits(match: re.Match[str], name: str) -> int | None:
    for key in (name, f"{name}2", f"{name}3", f"{name}4"):
        value = match.groupdict().get(key)
        if value:
            number = int(re.sub(r"\s", "", value))
            if name == "month":
                return number if 1 <= number <= 12 else None
            return number if name != "year" or number > 1900 else None
    return None
