"""`lachan bench links`: how many reported sites are told by their name alone, and how many honest ones are taken for them.

Every host is judged as a message, bare ("http://host/") and inside an ordinary sentence, with the lists of reported hosts put away.
Of reported hosts only those are judged that nothing was learnt from: a third of each list, by registered domain (`is_held_out`).
Known good ones are judged all, which takes minutes, and counted all and held out; then once more with the reports in use.
"""

import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from lachan.engine.scams import Level, check, knowledge, sites
from lachan.engine.scams.resemblance_training import is_held_out
from lachan.project.bench.telling import machine, step, tell
from lachan.project.language import chosen, speak

FOUND, FALSE_ALARMS, RED = 0.65, 0.005, 0
LISTS = Path(__file__).resolve().parents[5] / "shared" / "data" / "lists"
BAD = ("threat-hosts-vn.txt", "gambling-hosts-vn.txt", "chongluadao-hosts-vn.txt")
GOOD = ("cloudflare-top100k.txt", "university_domains.txt")
SENTENCES = {"bare": "http://{}/", "sentence": "Thông tin đăng tại http://{}/"}

_ = speak(chosen((), os.environ))


@click.command(help=_("Nhận ra trang xấu chỉ bằng tên, và báo nhầm trang tốt, khi không dùng danh sách báo cáo."))
@click.option(
    "--bad", type=click.Path(exists=True, path_type=Path), multiple=True, help=_("Danh sách trang bị báo cáo.")
)
@click.option("--good", type=click.Path(exists=True, path_type=Path), multiple=True, help=_("Danh sách trang tốt."))
@click.option("--at-most", default=0, help=_("Chỉ đo ngẫu nhiên chừng này trang của mỗi danh sách; 0: tất cả."))
@click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON cho chương trình đọc."))
def links(*, bad: tuple[Path, ...], good: tuple[Path, ...], at_most: int, as_json: bool) -> None:
    reported = bad or tuple(LISTS / name for name in BAD if (LISTS / name).exists())
    known = good or tuple(LISTS / name for name in GOOD if (LISTS / name).exists())
    if not reported or not known:
        raise click.UsageError(_("Không có danh sách để đo. Hãy ghi --bad TỆP và --good TỆP."))
    told: dict[str, Any] = {
        "machine": machine(),
        "limits": {"found": FOUND, "false_alarms": FALSE_ALARMS, "red_of_good": RED},
    }
    with without_reports():
        told["lists_off"] = [*_bad(reported, at_most), *_good(known, at_most)]
    told["lists_on"] = [*_good(known, at_most)]
    tell(told, _lines, as_json=as_json)


@contextmanager
def without_reports() -> Iterator[None]:
    """The lists of reported hosts put away: names are judged as if nobody had reported them."""
    with patch.object(knowledge, "reported", tuple):
        sites.facts.cache_clear()
        yield
    sites.facts.cache_clear()


Judged = dict[str, dict[str, tuple[Level, str]]]
"""By the way a host stands in a message, and by host: the level, and the first sign of a link."""


def _bad(files: Sequence[Path], at_most: int) -> Iterator[dict[str, Any]]:
    every: list[str] = []
    judged: Judged = {way: {} for way in SENTENCES}
    for file in files:
        hosts = _hosts(file, at_most, only=is_held_out)
        mine = _judged(file.stem, hosts)
        yield _row(file.stem, hosts, mine, FOUND)
        every += hosts
        for way, those in mine.items():
            judged[way] |= those
    yield _row("all together", every, judged, FOUND)


def _good(files: Sequence[Path], at_most: int) -> Iterator[dict[str, Any]]:
    for file in files:
        hosts = _hosts(file, at_most)
        judged = _judged(file.stem, hosts)
        yield _row(file.stem, hosts, judged, FALSE_ALARMS)
        yield _row(f"{file.stem}, held out", [host for host in hosts if is_held_out(host)], judged, FALSE_ALARMS)
    own = sorted(knowledge.official())
    yield _row("official.csv", own, _judged("official.csv", own), FALSE_ALARMS)


def _hosts(file: Path, at_most: int, only: Callable[[str], bool] = bool) -> list[str]:
    hosts = [host for host in file.read_text(encoding="utf-8").split() if only(host)]
    if at_most and len(hosts) > at_most:
        return random.Random(0).sample(hosts, at_most)  # noqa: S311 (a sample, no secret)
    return hosts


def _judged(name: str, hosts: Sequence[str]) -> Judged:
    step(name)
    judged: Judged = {way: {} for way in SENTENCES}
    with click.progressbar(hosts, file=sys.stderr, show_pos=True) as those:
        for host in those:
            for way, sentence in SENTENCES.items():
                verdict = check(sentence.format(host))
                reason = next((one.code for one in verdict.signs if one.code.startswith("link_")), "")
                judged[way][host] = verdict.level, reason
    return judged


def _row(name: str, hosts: Sequence[str], judged: Judged, limit: float) -> dict[str, Any]:
    ways = {way: _counted([(host, *judged[way][host]) for host in hosts]) for way in SENTENCES}
    return {"list": name, "hosts": len(hosts), "limit": limit, **ways}


def _counted(judged: Sequence[tuple[str, Level, str]]) -> dict[str, Any]:
    raised = [one for one in judged if one[1] is not Level.NONE]
    red = [host for host, level, _ in raised if level is Level.SCAM]
    low, high = interval(len(raised), len(judged))
    return {
        "share": round(len(raised) / max(1, len(judged)), 5),
        "interval": [round(low, 5), round(high, 5)],
        "red": len(red),
        "amber": len(raised) - len(red),
        "red_hosts": red[:20],
        "reasons": dict(Counter(reason for _, _, reason in raised).most_common()),
    }


def interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score."""
    if not of:
        return 0.0, 1.0
    z = 1.96
    middle = (hits + z * z / 2) / (of + z * z)
    half = z * sqrt(hits * (of - hits) / of + z * z / 4) / (of + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)


def _lines(told: dict[str, Any]) -> list[str]:
    lines = []
    for part in ("lists_off", "lists_on"):
        lines.append(f"{part}:")
        for row in told[part]:
            for way in SENTENCES:
                one = row[way]
                low, high = one["interval"]
                reasons = ", ".join(f"{code} {times}" for code, times in list(one["reasons"].items())[:4])
                lines.append(
                    f"  {row['list']:<34}{way:<9}{row['hosts']:>7}  {one['share']:.4f} [{low:.4f}, {high:.4f}]"
                    f"  red {one['red']:>4}  amber {one['amber']:>5}  {reasons}"
                )
    return lines
