"""What befalls a letter on its way to the reader: other Unicode, other wrapping, columns run together, slips of scanning."""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable

Damage = Callable[[str, random.Random], str]


def decomposed(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def windows(text: str, _: random.Random) -> str:
    """Carriage returns, hard spaces and a byte-order mark."""
    return "\ufeff" + text.replace("\n", "\r\n").replace(" ", "\u00a0", 3)


def rewrapped(text: str, luck: random.Random) -> str:
    width = luck.choice([60, 70, 80, 90])
    lines = []
    for line in text.split("\n"):
        keep = len(line) <= width or "|" in line or "   " in line.strip()
        lines += [line] if keep else textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def double_spaced(text: str, luck: random.Random) -> str:
    return "\n\n".join(line + " " for line in rewrapped(text, luck).split("\n") if line.strip())


def hyphenated(text: str, luck: random.Random) -> str:
    """Some long syllables broken at the end of a line."""
    lines = rewrapped(text, luck).split("\n")
    for place, line in enumerate(lines[:-1]):
        match = re.search(r"(?<= )(tr|th|ph|ch|kh|ng|nh)([a-z\u00e0-\u01b0\u1ea0-\u1ef9]{3,5})$", line)
        if len(line) > 50 and match and lines[place + 1][:1].isalpha():
            kept = match[1] + match[2][0]
            lines[place] = line[: match.start()] + kept + "-"
            lines[place + 1] = match[2][1:] + " " + lines[place + 1]
    return "\n".join(lines)


def unnumbered(text: str, luck: random.Random) -> str:
    blank = luck.choice(["      ", "……", "   "])
    return re.sub(r"(?m)^(\W*Số\s?:?\s*)\d+(?=[/-])", rf"\g<1>{blank}", text, count=1)


def turned_around(text: str, _: random.Random) -> str:
    """Copy list and signature before the head."""
    start = text.find("Nơi nhận")
    end = text.find("PHỤ LỤC", start)
    if start < 0 or "|" in text:
        return text
    tail, annex = (text[start:], "") if end < 0 else (text[start:end], text[end:])
    return tail.rstrip("*").strip() + "\n\n" + text[:start] + annex


def head_in_one_line(text: str, _: random.Random) -> str:
    return re.sub(r"\n+(\W*CỘNG HÒA XÃ HỘI)", lambda motto: " " + motto[1].strip(), text, count=1)


def tail_in_columns(text: str, _: random.Random) -> str:
    """Signature beside the copy list, as two columns flattened."""
    match = re.search(r"\nNơi nhận:[^\n]*\n((?:-[^\n]*\n)+)\n*((?:[^a-z\n\-]+\n)+)", text)
    if not match:
        return text
    left = ["Nơi nhận:", *match[1].strip().split("\n")]
    right = match[2].strip().split("\n")
    height = max(len(left), len(right))
    rows = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return (
        text[: match.start()]
        + "\n"
        + "\n".join(f"{one:48}{two}".rstrip() for one, two in rows)
        + "\n"
        + text[match.end() :]
    )


def marked_up(text: str, _: random.Random) -> str:
    lines = []
    for line in text.split("\n"):
        bold = line.strip().isupper() and "|" not in line and "*" not in line
        lines.append(f"**{line.strip()}**" if bold else re.sub(r"^- ", r"\\- ", line))
    return "\n".join(lines)


def paged(text: str, luck: random.Random) -> str:
    """A page number in the middle of a sentence."""
    lines = rewrapped(text, luck).split("\n")
    inside = [n for n in range(14, len(lines) - 1) if lines[n] and re.match(r"[a-z]\w", lines[n + 1])]
    if inside:
        place = luck.choice(inside) + 1
        lines[place:place] = ["", "2", ""]
    return "\n".join(lines)


_SLIPS = {"ừ": "ử", "ủ": "ù", "á": "à", "ạ": "a", "ế": "ê", "ề": "ê", "ị": "i", "ộ": "ô", "ậ": "â", "ẫ": "ã"}


def scanned(text: str, luck: random.Random) -> str:
    """Wrong marks in some words, letters for digits, words of the form misread."""
    parts = []
    for word in re.split(r"(\s+)", text):
        at = [n for n, letter in enumerate(word) if letter in _SLIPS]
        slip = luck.choice(at) if len(word) > 1 and luck.random() < 0.03 and at else None
        parts.append(word if slip is None else word[:slip] + _SLIPS[word[slip]] + word[slip + 1 :])
    misread = (
        "".join(parts)
        .replace("Kính gửi", "Kinh gửi")
        .replace("Nơi nhận", "Nơi nhân")
        .replace("QĐ-", "QD-")
        .replace("Số:", "Sô:")
    )
    return re.sub(r"(?<=\d)0(?=\d?/\d)", "O", misread)


DAMAGES: tuple[Damage, ...] = (
    decomposed, windows, rewrapped, double_spaced, hyphenated, unnumbered, turned_around, head_in_one_line, tail_in_columns,
    marked_up, paged, scanned,
)  # fmt: skip
