"""Vietnamese text and numbers: folding for search, alphabetical order, one spelling, and numbers as officers type them."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

_HUYEN, _SAC, _HOI, _NGA, _NANG = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TONES = (_HUYEN, _HOI, _NGA, _SAC, _NANG)  # dictionary order, after the level tone
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # f j w z stand where Latin has them
_LETTER = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_RUNS = re.compile(r"[0-9]+|\s+|.", re.DOTALL)


def fold(text: str) -> str:
    """`text` for search and comparison: lower case, no marks, đ as d, spaces squeezed. Equal for NFC and NFD; idempotent."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFKC", bare.casefold().replace("đ", "d")).split())


def sort_key(text: str) -> str:
    """A key in Vietnamese alphabetical order, compared byte by byte (collation "C").

    Letters first (a ă â … d đ e ê …), digits as numbers ("Thôn 2" before "Thôn 10"); where these agree, the tones of the words
    (level, huyền, hỏi, ngã, sắc, nặng). Upper and lower case and both placements of a tone are equal. No character below TAB.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in unicodedata.normalize("NFD", text).lower().split():
        bare = "".join(c for c in word if c not in _TONES)
        letters.append("".join(map(_place, _RUNS.findall(unicodedata.normalize("NFC", bare)))))
        tones.append(str(max((_TONES.index(c) + 1 for c in word if c in _TONES), default=0)))
    return " ".join(letters) + "\t" + "".join(tones)


def _place(run: str) -> str:
    if run[0] in "0123456789":
        digits = run.lstrip("0")
        return "9" * (len(digits) // 9) + str(len(digits) % 9) + digits  # the length leads: shorter numbers are smaller
    if run in _LETTER:
        return _LETTER[run]
    return "!" if run < "\x7f" else f"~{ord(run):06x}"


# One syllable in NFD: first consonants (with the u of qu and the i of gi when a vowel follows), vowels, last consonants.
_MARK = "\u0302\u0306\u031b"
_TONE = "".join(_TONES)
_SYLLABLE = re.compile(
    rf"(?P<first>q[{_TONE}]?u(?=[{_TONE}]?[aeioy])|gi(?=[{_TONE}]?[aeou])|[^aeiouy\W\d_{_MARK}{_TONE}]*)"
    rf"(?P<vowels>(?:[aeiouy][{_MARK}{_TONE}]*){{1,3}})"
    r"(?P<last>c|ch|k|m|n|ng|nh|p|t)?",
    re.IGNORECASE,
)
_VOWEL = re.compile(rf"[aeiouy][{_MARK}]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def normalise(text: str) -> str:
    """`text` in NFC with one placement of tones, that of the state's own lists: hòa, thủy, quý, giá (not hoà, thuỷ, qúy, gía).

    Words that are not one Vietnamese syllable with one tone are left alone. On NFC text the length stays, so places in it do too.
    """
    return _WORD.sub(lambda found: _settled(found[0]), unicodedata.normalize("NFC", text))


@lru_cache(maxsize=50_000)
def _settled(word: str) -> str:
    spread = unicodedata.normalize("NFD", word)
    tones = [c for c in spread if c in _TONES]
    if len(tones) != 1:
        return word
    bare = spread.replace(tones[0], "")
    syllable = _SYLLABLE.fullmatch(bare)
    if not syllable:
        return word
    vowels = list(_VOWEL.finditer(bare, *syllable.span("vowels")))
    end = vowels[_bearer([v[0] for v in vowels], closed=bool(syllable["last"]))].end()
    return unicodedata.normalize("NFC", bare[:end] + tones[0] + bare[end:])


def _bearer(vowels: list[str], *, closed: bool) -> int:
    """Which of a syllable's vowels carries the tone."""
    marked = [place for place, vowel in enumerate(vowels) if len(vowel) > 1]
    if marked:
        return marked[-1]
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0


class NumberProblem(StrEnum):
    """Why a number was not taken; the caller words the sentence."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"  # words, or signs in no known order
    AMBIGUOUS = "ambiguous"  # 1.250 may be 1250 or 1,25: ask, showing `readings`
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_LONG = "too_long"  # more than 15 digits


@dataclass(frozen=True)
class ReadNumber:
    """A number as typed. `value` is None when there is a `problem`; `readings` are then what it may have meant, if anything."""

    value: Decimal | None
    problem: NumberProblem | None = None
    readings: tuple[Decimal, ...] = ()
    example: str = "1250"

    @property
    def ok(self) -> bool:
        return self.problem is None


GROUPED = re.compile(r"[1-9]\d{0,2}([. ,])\d{3}(?:\1\d{3})*", re.ASCII)
ONE_MARK = re.compile(r"\d+[.,]\d+", re.ASCII)
BOTH_MARKS = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+,|(?:,\d{3})+\.|(?: \d{3})+[.,])\d+", re.ASCII)
MOST_DIGITS = 15


def read_number(text: str, *, whole: bool = True, negative: bool = False) -> ReadNumber:
    """Read what an officer typed: 1250, 1.250, "1 250", 12,5.

    `whole`: the indicator counts things, so that 1.250 can only mean 1250; else 1.250 is ambiguous and asked about. 1,250 is
    ambiguous for both (thousands to one writer, a decimal to another). `negative`: numbers below 0 are allowed.
    """
    example = "1250" if whole else "12,5"
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:  # nearly all are
        return ReadNumber(Decimal(text), example=example)
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    minus = typed[:1] in ("-", "\u2212", "\u2013")
    body = typed[1:].lstrip() if minus or typed[:1] == "+" else typed
    readings = _readings(body, whole=whole)
    if minus:
        readings = tuple(-reading for reading in readings)
    problem = _problem(typed, readings, whole=whole, negative=negative)
    if problem:
        return ReadNumber(None, problem, readings, example)
    return ReadNumber(readings[0], None, (), example)


def _problem(typed: str, readings: tuple[Decimal, ...], *, whole: bool, negative: bool) -> NumberProblem | None:
    checks = [
        (not typed, NumberProblem.EMPTY),
        (not readings, NumberProblem.NOT_A_NUMBER),
        (sum(c.isdigit() for c in typed) > MOST_DIGITS, NumberProblem.TOO_LONG),
        (not negative and any(reading < 0 for reading in readings), NumberProblem.NEGATIVE),
        (len(readings) > 1, NumberProblem.AMBIGUOUS),
        (whole and any(reading % 1 for reading in readings if abs(reading) < 10**MOST_DIGITS), NumberProblem.NOT_WHOLE),
    ]
    return next((problem for found, problem in checks if found), None)


def _readings(body: str, *, whole: bool) -> tuple[Decimal, ...]:
    """What `body` may mean: none, one number, or two. ASCII digits only."""
    if body.isascii() and body.isdigit():
        return (Decimal(body),)
    if grouped := GROUPED.fullmatch(body):
        together = Decimal(re.sub(r"[. ,]", "", body))
        mark = grouped[1]
        if mark == " " or body.count(mark) > 1 or (mark == "." and whole):
            return (together,)
        return (together, Decimal(body.replace(",", ".")))
    if ONE_MARK.fullmatch(body):
        return (Decimal(body.replace(",", ".")),)
    if BOTH_MARKS.fullmatch(body):
        before, _, after = re.split(r"([.,])(?=\d+$)", body)
        return (Decimal(re.sub(r"[. ,]", "", before) + "." + after),)
    return ()


def write_number(value: Decimal | int) -> str:
    """As official letters write it: 1.250 and 12,5; trailing zeros of a fraction are dropped."""
    whole, _, fraction = f"{value:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")
