"""Is this a scam? Messages, links, numbers and told calls, judged offline, with reasons."""

from lachan.engine.scams.signs import Found, read
from lachan.engine.scams.verdict import Level, Verdict, judge
from lachan.engine.scams.weights import learnt

__all__ = ["Found", "Level", "Verdict", "check"]


def check(text: str, *, sender: str | None = None, kind: str | None = None) -> Verdict:
    """What `text` looks like: a scam, something to be careful with, or nothing seen (which never means safe)."""
    return judge(read(text), learnt())
