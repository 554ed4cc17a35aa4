"""What holds of any input whatever. Hypothesis and Atheris look for what breaks it; texts found on the way stay in `found/`."""

import json
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from lachan.engine import scams
from lachan.engine.scams import accounts, characters, folding, links, phones, pictures, vietqr
from lachan.engine.scams.pictures.bubbles import blocks
from lachan.engine.scams.pictures.codes import codes
from lachan.engine.scams.pictures.opening import opened
from lachan.engine.similar import Clusters, indicators_of
from lachan.engine.similar.wordings import wording
from lachan.project.check_command import as_json, in_sentences, stream

FOUND = Path(__file__).parent / "found"


def check(text: str) -> None:
    """A verdict can be written as JSON, its places are in the text, and the same text gets the same one."""
    kind = "story" if len(text) % 2 else None
    verdict = scams.check(text, sender=text[:20], kind=kind)
    assert 0 <= verdict.score <= 1
    assert verdict == scams.check(text, sender=text[:20], kind=kind)
    json.loads(json.dumps(as_json(text, verdict), allow_nan=False))
    inside(text, (one.span for one in verdict.signs))
    for ones in (verdict.links, verdict.phones):
        in_order(text, [one.span for one in ones])


def forms(text: str) -> None:
    """How the marks of letters are encoded changes no verdict."""
    composed, parted = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert scams.check(composed).level == scams.check(parted).level


def parts(text: str) -> None:
    """Folded text is as long as the text; words, links, numbers and accounts are in it, in order."""
    seen = characters.visible(text)
    flat = characters.plain(text)
    places = range(len(text)) if seen.places is None else seen.places
    assert [flat[place] for place in places] == list(characters.plain(seen.text))
    assert len(flat) == len(text)
    found = [link.span for link in links.find(text)]
    in_order(text, found)
    folded = folding.fold(text, found)
    assert len(folded.words) == len(folded.spans)
    assert all(folded.words)
    in_order(text, [span for span, after in pairwise((*folded.spans, (len(text), 0))) if span != after])
    numbers = [phone.span for phone in phones.find(text)]
    in_order(text, numbers)
    in_order(text, [account.span for _place, account in accounts.find(folded, numbers)])


def payments(text: str) -> None:
    """A payment code is read, or refused with a sentence."""
    vietqr.find(text)
    for payload in (text, f"000201{text}", f"00020138{len(text[:99]):02}{text[:99]}"):
        with suppress(vietqr.NotPayment):
            vietqr.read(payload)


def similar(text: str) -> None:
    """A message joins its copy if it has a word or an indicator; to send it again changes nothing; what is kept is read again."""
    clusters = Clusters()
    shared = indicators_of(text)
    assert shared == indicators_of(text)
    half = len(text) // 2
    for key, part in enumerate((text, text[:half], text[half:], text)):
        clusters.add(key, part, shared)
    assert (clusters.of(0).number == clusters.of(3).number) == bool(shared or wording(text, frozenset()))
    before = clusters.state()
    clusters.add(0, text, shared)
    assert clusters.state() == before
    assert Clusters.load(json.loads(json.dumps(clusters.state()))).state() == clusters.state()


def command(text: str) -> None:
    """Each line is answered with one line of JSON in UTF-8, whatever it holds, and a person reads no unseen characters."""
    lines = [*text.encode("utf-8", "surrogatepass").split(b"\n"), json.dumps({"id": text[:9], "text": text}).encode()]
    said: list[str] = []
    stream(lines, said.append)
    assert len(said) == sum(bool(line.strip()) for line in lines)
    for line in said:
        assert "\n" not in line
        json.loads(line.encode("utf-8"), parse_constant=_refused)
    assert json.loads(said[-1])["id"] == text[:9]
    assert not {"\x1b", "\u202e", "\u200b"}.intersection(in_sentences(scams.check(text), text))


def images(text: str) -> None:
    """Bytes are a picture, in which codes and lines are looked for, or refused with a reason."""
    with suppress(pictures.Unfit):
        picture = opened(bytes_of(text))
        blocks(picture, [code.box for code in codes(picture)])


def bytes_of(text: str) -> bytes:
    """The bytes that `text_of` has made a text of; those of any other text."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def text_of(data: bytes) -> str:
    """Any bytes as a text; those that are no UTF-8 become halves of surrogate pairs."""
    return data.decode("utf-8", "surrogateescape")


def _refused(word: str) -> None:
    raise AssertionError(word)


def inside(text: str, spans: Iterable[tuple[int, int]]) -> None:
    assert all(0 <= start < end <= len(text) for start, end in spans)


def in_order(text: str, spans: list[tuple[int, int]]) -> None:
    inside(text, spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


PROMISES: dict[str, Callable[[str], None]] = {
    one.__name__: one for one in (check, forms, parts, payments, similar, command, images)
}


def found(name: str) -> list[str]:
    """The texts that were found for one promise."""
    file = FOUND / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
