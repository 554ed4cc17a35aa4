"""Is this a scam? Messages, links, numbers and told calls, judged offline, with reasons."""

from lachan.engine.scams.signs import Found, read
from lachan.engine.scams.verdict import Level, Verdict, judge
from lachan.engine.scams.weights import learnt

__all__ = ["Found", "Level", "Verdict", "check"]


def check(text: str, *, sender: str | None = None, kind: str | None = None) -> Verdict:
    """What `text` looks like: a scam, something to be careful with, or nothing seen (which never means safe).

    `sender`: the name or number it came from, where that is known. `kind`: "story" for a call or a meeting that somebody tells of;
    a message otherwise. Any text gets an answer, at a cost in proportion to its length; no link is opened.
    """
    apart = read(text)
    verdict = judge(apart, learnt(), sender=sender or "", story=kind == "story")
    return verdict.moved(apart.places) if apart.places else verdict
