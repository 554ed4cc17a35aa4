"""`lachan bench links`: how many reported sites are told by their name alone, and how many honest ones are taken for them.

Every host is judged as a message, bare ("http://host/") and inside an ordinary sentence, with the lists of reported hosts put away.
Only hosts are counted that nothing was learnt from: a third of each list, by registered domain (`is_held_out`).
"""

import os
import random
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
        "lists_off": [],
        "lists_on": [],
    }
    with without_reports():
        for file in reported:
            told["lists_off"].append(_row(file.stem, [h for h in _hosts(file) if is_held_out(h)], at_most, FOUND))
        for name, hosts in _good(known):
            told["lists_off"].append(_row(name, hosts, at_most, FALSE_ALARMS))
    for name, hosts in _good(known):
        told["lists_on"].append(_row(name, hosts, at_most, FALSE_ALARMS))
    tell(told, _lines, as_json=as_json)


@contextmanager
def without_reports() -> Iterator[None]:
    """The lists of reported hosts put away: names are judged as if nobody had reported them."""
    with patch.object(knowledge, "reported", tuple):
        sites.facts.cache_clear()
        yield
    sites.facts.cache_clear()


def _good(files: Sequence[Path]) -> Iterator[tuple[str, list[str]]]:
    for file in files:
        hosts = _hosts(file)
        yield file.stem, hosts
        yield f"{file.stem}, held out", [host for host in hosts if is_held_out(host)]
    yield "official.csv", sorted(knowledge.official())


def _hosts(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split()


def _row(name: str, hosts: list[str], at_most: int, limit: float) -> dict[str, Any]:
    step(name)
    if at_most and len(hosts) > at_most:
        hosts = random.Random(0).sample(hosts, at_most)  # noqa: S311 (a sample, no secret)
    row: dict[str, Any] = {"list": name, "hosts": len(hosts), "limit": limit}
    for way, sentence in SENTENCES.items():
        row[way] = _judged(hosts, sentence.format)
    return row


def _judged(hosts: Sequence[str], write: Callable[[str], str]) -> dict[str, Any]:
    reasons: Counter[str] = Counter()
    raised, red = 0, []
    for host in hosts:
        verdict = check(write(host))
        if verdict.level is Level.NONE:
            continue
        raised += 1
        if verdict.level is Level.SCAM:
            red.append(host)
        reasons[next((one.code for one in verdict.signs if one.code.startswith("link_")), "")] += 1
    low, high = interval(raised, len(hosts))
    return {
        "share": round(raised / len(hosts), 5),
        "interval": [round(low, 5), round(high, 5)],
        "red": len(red),
        "red_hosts": red[:20],
        "reasons": dict(reasons.most_common()),
    }


def interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score."""
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
                lines.append(
                    f"  {row['list']:<34}{way:<9}{row['hosts']:>7}  {one['share']:.4f} [{low:.4f}, {high:.4f}]"
                    f"  red {one['red']:>4}  {', '.join(f'{code} {times}' for code, times in list(one['reasons'].items())[:4])}"
                )
    return lines
