"""Is this a scam? Messages, links, numbers and told calls, judged offline, with reasons."""

from dataclasses import replace

from lachan.engine.scams import knowledge, pictures
from lachan.engine.scams.pictures import Read
from lachan.engine.scams.signs import Found, read
from lachan.engine.scams.verdict import Level, Verdict, judge
from lachan.engine.scams.weights import learnt

__all__ = ["KINDS", "Found", "Level", "Read", "Verdict", "check", "check_picture"]

KINDS = ("message", "story")


def check(text: str, *, sender: str | None = None, kind: str | None = None) -> Verdict:
    """What `text` looks like: a scam, something to be careful with, or nothing seen (which never means safe).

    `sender`: the name or number it came from, where that is known. `kind`: "story" for a call or a meeting that somebody tells of;
    a message otherwise. Any text gets an answer, at a cost in proportion to its length; no link is opened. The same from many
    threads at once. Raises TypeError for what is no text (decode bytes first), ValueError for a kind that is not in `KINDS`.
    """
    for given in (text, "" if sender is None else sender):
        if not isinstance(given, str):
            raise TypeError(f"check() takes text as str, not {type(given).__name__}")
    if kind not in (*KINDS, None):
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    apart = read(text)
    verdict = judge(apart, learnt(), sender=sender or "", story=kind == "story")
    return verdict.moved(apart.places) if apart.places else verdict


def check_picture(
    data: bytes, *, sender: str | None = None, text: str | None = None, seconds: float = pictures.SECONDS
) -> tuple[Read, Verdict]:
    """What the picture in `data` says, and what that looks like: its messages and the contents of its QR codes, judged together.

    Spans of the verdict are places in `read.judged(text)`, where `text` are the words as a person has corrected them, to be judged
    in place of those that were read. In a chat each message is judged alone too, and the worst counts: a warning in the answer does
    not outweigh the lure. `seconds`: how long reading may take; what is not read by then is in `Read.unread`. No link and no
    code is opened. Raises `pictures.Unfit`, with a sentence, for what is no picture, TypeError for what is not bytes.
    """
    if not isinstance(data, bytes):
        raise TypeError(f"check_picture() takes the bytes of a file, not {type(data).__name__}")
    seen = pictures.read(data, seconds=seconds)
    verdicts = [check(seen.judged(text), sender=sender)]
    if seen.is_chat and text is None:
        start = 0
        for message in seen.written:
            verdicts.append(check("\n" * start + message, sender=sender))  # so that its spans are right for the whole
            start += len(message) + 1
    worst = max(verdicts, key=lambda verdict: (_ORDER.index(verdict.level), verdict.score))
    if worst.level is not Level.NONE and not (text or seen.text) and any(code.payment for code in seen.codes):
        asked = knowledge.types()["qr_code"]  # a code by itself tells no story
        worst = replace(worst, scam_type=asked, advice=asked.advice)
    return seen, worst


_ORDER = (Level.NONE, Level.CAUTION, Level.SCAM)
