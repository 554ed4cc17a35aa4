"""Other documents a letter names: its legal bases and whatever it carries out, answers or mentions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from lachan.engine.letters.alphabet import LOWER
from lachan.engine.letters.dates import When, dates
from lachan.engine.letters.found import Found, Span
from lachan.engine.letters.knowledge import column, rows
from lachan.engine.letters.masthead import tidy_symbol
from lachan.engine.letters.source import Source, bare, flat

_SIGN = r"[A-ZĐƯÂÔƠÊĂ][A-Za-zĐđ0-9ƯưÂÔƠÊĂ]{0,14}"
_NUMBERED = re.compile(
    rf"(?<![\w/.\-:])(?P<number>[\dOl]{{1,6}}[a-zA-Z]?)\s{{0,3}}(?P<cut>[/\-–]|"
    rf"[ ](?=(?:QĐ|NQ|KH|CV|TB|HD|BC|CT|CTr|TTr|KL|QC|QyĐ)/[A-ZĐ]))\s{{0,3}}"
    rf"(?P<symbol>(?:(?:19|20)\d\d\s{{0,2}}[/\-]\s{{0,2}})?{_SIGN}(?:\s?[/&.+]\s?{_SIGN}|"
    rf"\s{{0,2}}[-–]\s{{0,2}}{_SIGN}|,(?=[A-ZĐ]){_SIGN}){{0,5}})(?:\(\w{{1,5}}\))?(?![{LOWER}])"
)
_NOT_A_DOCUMENT = re.compile(
    r"(?:mau|bieu|mau so|bieu so|phu luc|de an|bieu mau so|so nha|duong|hem|ngo|to|lo|km|phieu so|qcvn|tcvn|"
    r"tai khoan|ma so)\s*:?\s*(?:so\s*)?$"
)
_SERIES = re.compile(r"\s*(?:,|;|va|hoac)\s+(?:so\s+)?$")
_LAW = re.compile(r"\b(?:bo luat|luat|phap lenh|hien phap)\b")
_LAW_NAMES = {"bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}
_LAW_REACH = 260
_DATED = re.compile(
    r"\s{0,3}(?:\([^()]{0,60}\)\s?)?,?\s{0,3}(?:(?:de|ky|ban hanh)\s)?(?=ngay\s|"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4})|\s{0,3},?\s?cua\s[^;.()]{2,80}?\s(?=ngay\s)"
)
_YEARED = re.compile(r"\bnam\s{1,3}((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Reference:
    """A document named in the letter. `basis` when the letter rests on it ("Căn cứ …"); `title` what the text says it is about."""

    type: str
    symbol: str | None
    date: When | None
    title: str | None
    basis: bool


@cache
def _types() -> re.Pattern[str]:
    names = sorted({bare(name) for name in column("types", "name")}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


@cache
def _type_names() -> dict[str, str]:
    return {bare(name): name[0].upper() + name[1:] for name in column("types", "name")}


@cache
def _abbreviations() -> dict[str, str]:
    return {
        row["abbreviation"]: row["name"][0].upper() + row["name"][1:]
        for row in reversed(rows("types"))
        if row["abbreviation"]
    }


def references(src: Source, own: str | None, skip: tuple[Span, ...] = ()) -> tuple[Found[Reference], ...]:
    """Every other document named, once each, in order of first mention.

    `own` is the letter's number and symbol, which is left out; `skip` places not read.
    """
    hits = sorted([*_by_symbol(src, skip), *_laws_by_date(src)], key=lambda hit: hit[0])
    found: dict[str, Found[Reference]] = {}
    for start, end, reference in hits:
        key = _key(reference)
        if own and key == bare(re.sub(r"\W+", " ", own)):
            continue
        span = src.span(start, end)
        if key in found:
            found[key] = _merged(found[key], reference, span)
        else:
            found[key] = Found(reference, (span,), 0.95 if reference.date or reference.symbol else 0.7)
    return _restored(found.values(), own or "")


def _restored(found: Iterable[Found[Reference]], own: str) -> tuple[Found[Reference], ...]:
    """A part of a symbol that lost its Đ takes the spelling that more of the letter's symbols give it."""
    kept = tuple(found)
    parts = [part for one in kept for part in _PART.findall(one.value.symbol or "")] + _PART.findall(own)
    forms: dict[str, Counter[str]] = {}
    for part in parts:
        forms.setdefault(bare(part), Counter())[part] += 1

    def better(match: re.Match[str]) -> str:
        other, times = forms[bare(match[0])].most_common(1)[0]
        return other if "Đ" in other and times > forms[bare(match[0])][match[0]] else match[0]

    return tuple(
        replace(one, value=replace(one.value, symbol=_PART.sub(better, one.value.symbol))) if one.value.symbol else one
        for one in kept
    )


_PART = re.compile(r"[A-ZĐ]{4,}")


def _key(reference: Reference) -> str:
    return bare(re.sub(r"\W+", " ", reference.symbol or f"{reference.type} {reference.date}"))


def _merged(known: Found[Reference], again: Reference, span: Span) -> Found[Reference]:
    first = known.value
    symbol = (
        again.symbol if first.symbol and again.symbol and first.symbol.isupper() else first.symbol
    )  # capitals of a title
    value = replace(
        first,
        symbol=symbol,
        date=first.date or again.date,
        title=first.title or again.title,
        basis=first.basis or again.basis,
    )
    return Found(value, (*known.spans, span), known.certainty)


def _by_symbol(src: Source, skip: tuple[Span, ...]) -> Iterator[tuple[int, int, Reference]]:
    last_end, last_type = -100, ""
    for match in _NUMBERED.finditer(src.text):
        start, end = match.span()
        if any(first <= start < last for first, last in skip):
            continue
        before = src.bare[max(0, start - 140) : start]
        kind, kind_start = _type_before(before)
        if (not kind and last_type and _SERIES.fullmatch(src.bare[last_end:start])) or (
            not kind and last_type and start - last_end < 60 and _SERIES.search(before)
        ):
            kind, kind_start = last_type, len(before)
        if not _is_document(match, before, kind):
            continue
        symbol = _symbol(match)
        when, end = _date_after(src, end)
        name = kind or _type_by_symbol(match["symbol"]) or "Văn bản"
        begin = start - (len(before) - kind_start) if kind else start
        yield begin, end, Reference(name, symbol, when, _title(src, name, begin, start, end), _is_basis(src, begin))
        last_end, last_type = end, name


_APART = re.compile(r"[;:.()]|\bngay\b|\bso\b|\bcua\b(?!.*\bluat\b)")


def _type_before(before: str) -> tuple[str, int]:
    """The kind named just before a number: "Quyết định số ", "Luật An ninh mạng số "."""
    tail = re.search(r"(?:\bso\s{0,3}[:.]?|\bso hieu)?\s*$", before)
    words = before[: tail.start()] if tail else before
    named = [match for match in _types().finditer(words) if not _APART.search(words[match.end() :])]
    if not named:
        return "", 0
    last = named[-1] if not words[named[-1].end() :].strip(' \n"“”') else named[0]
    close = not words[last.end() :].strip(' \n"“”')
    if not close and not (tail and "so" in tail[0]) and last[0] not in ("luat", "bo luat", "phap lenh"):
        return "", 0
    return _type_names()[last[0]], last.start()


def _is_document(match: re.Match[str], before: str, kind: str) -> bool:
    symbol = match["symbol"]
    if (
        _NOT_A_DOCUMENT.search(before[-30:])
        or len(symbol) < 2
        or ("O" in match["number"] and not re.search(r"\d", match["number"]))
    ):
        return False
    if kind:
        return True
    return bool(re.search(r"\bso\s*:?\s*$", before)) or (
        bool(re.search(r"[-/]", symbol)) and len(symbol) > 4 and not symbol.isdigit()
    )


def _symbol(match: re.Match[str]) -> str:
    cut = match["cut"].replace("–", "-")
    number = (
        match["number"].replace("O", "0").replace("l", "1")
        if match["number"][:-1].strip("Ol0123456789") == ""
        else match["number"]
    )
    return f"{number}{cut}{tidy_symbol(match['symbol'])}"


def _type_by_symbol(symbol: str) -> str | None:
    first = re.split(r"[-/]", re.sub(r"^\d{4}\s?[/-]\s?", "", tidy_symbol(symbol)))[0]
    if re.match(r"QH\d|UBTVQH", first):
        return "Luật" if first.startswith("QH") else "Pháp lệnh"
    return _abbreviations().get(first) or "Công văn"


def _date_after(src: Source, end: int) -> tuple[When | None, int]:
    gap = _DATED.match(src.bare, end)
    if not gap:
        return None, end
    for hit in dates(src.bare, gap.end(), gap.end() + 40):
        if hit.start - gap.end() <= 6 and hit.day is not None:
            return hit.when(None), hit.end
        break
    return None, end


_TITLE = re.compile(
    r"\s{0,3},?\s{0,3}(?:cua\s[^;:.()]{2,140}?\s)??(?:(?:ve viec|v/v|ve)\s|(?=(?:phe duyet|ban hanh|"
    r"quy dinh|huong dan|sua doi|trien khai|tang cuong|phat dong|thuc hien|cong bo|bo sung|giao|"
    r"to chuc)\s))"
)
_TITLE_END = re.compile(
    r"[;:]|\.\s|\./\.|\n\s*(?=can cu\b)|,\s(?:uy ban nhan dan|ubnd|so|bo|cuc|ban|cong an|chu tich)\b"
)


def _title(src: Source, kind: str, begin: int, start: int, end: int) -> str | None:
    """What the document is about, in the letter's words, to the end of the clause; for a law its name."""
    if kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        return re.sub(r"\s+số$", "", flat(src.text[begin:start]).strip(" :")) or None
    match = _TITLE.match(src.bare, end, end + 200)
    if not match:
        return None
    stop = _TITLE_END.search(src.bare, match.end(), match.end() + 300)
    words = flat(src.text[match.end() : stop.start() if stop else match.end() + 300]).strip(" ,.")
    return words if words and not words.endswith("như sau") else None


def _is_basis(src: Source, start: int) -> bool:
    begin = max(
        src.bare.rfind(";", 0, start), src.bare.rfind("\n\n", 0, start), src.bare.rfind(". ", 0, start), start - 400
    )
    line = src.bare.rfind("\n", 0, start) + 1
    return any(
        src.bare[place : place + 30].lstrip(" ;.\n-").startswith(("can cu", "thuc hien", "thi hanh", "theo"))
        for place in (max(begin, 0), line)
    )


_A_DRAFT = re.compile(r"\bdu (?:an|thao)\s$")


def _laws_by_date(src: Source) -> Iterator[tuple[int, int, Reference]]:
    """Laws named without a number: "Luật Công nghệ thông tin ngày 29/6/2006"; by year only where the letter rests on them."""
    reached = 0
    for match in _LAW.finditer(src.bare):
        if match.start() < reached or not src.text[match.start()].isupper():
            continue
        clause_end = _clause_end(src, match.end())
        clause = src.bare[match.end() : clause_end]
        if re.search(r"\d\s?/\s?(?:\d{4}\s?/\s?)?[a-z]|\bso\s\d", clause[:200]):
            continue
        hit = next((hit for hit in dates(src.bare, match.end(), clause_end) if hit.day and hit.year), None)
        when, end = (hit.when(None), hit.end) if hit else (None, clause_end)
        if hit is None:
            year = _YEARED.search(clause)
            if (
                not year
                or not _is_basis(src, match.start())
                or not src.bare[max(0, match.start() - 8) : match.start()].endswith("can cu ")
            ):
                continue
            when, end = {"year": int(year[1])}, match.end() + year.end()
        elif (
            _A_DRAFT.search(src.bare[max(0, match.start() - 12) : match.start()])
            or re.search(r"\b(?:truoc|trinh|hoan thanh|hieu luc|cham nhat)\b", src.bare[match.end() : hit.start])
            or re.search(
                r"\b(?:nghi dinh|quyet dinh|nghi quyet|ke hoach|cong van|chi thi|thong tu|to trinh)\b",
                src.bare[match.end() : hit.start],
            )
        ):
            continue
        title = flat(src.text[match.start() : hit.start if hit else end]).strip(" ,(")
        yield match.start(), end, Reference(_LAW_NAMES[match[0]], None, when, title, _is_basis(src, match.start()))
        reached = end


def _clause_end(src: Source, start: int) -> int:
    stop = re.compile(r"[;:|]|\.\s|\n\s*(?=can cu\b)").search(src.bare, start, start + _LAW_REACH)
    return stop.start() if stop else min(len(src.bare), start + _LAW_REACH)
