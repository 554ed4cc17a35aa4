"""`lachan bench links`, on lists of a few hosts: what is counted, and of which hosts."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from lachan.engine.scams.resemblance_training import is_held_out
from lachan.project.bench.links import links

BAD = [f"vietcombank-dangnhap{number}.top" for number in range(12)]
GOOD = ["example.com", "iana.org", "python.org", "kernel.org"]


def measured(tmp_path: Path) -> dict[str, Any]:
    for name, hosts in (("bad", BAD), ("good", GOOD)):
        (tmp_path / f"{name}.txt").write_text("\n".join(hosts))
    done = CliRunner().invoke(
        links, ["--bad", str(tmp_path / "bad.txt"), "--good", str(tmp_path / "good.txt"), "--json"]
    )
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_of_reported_hosts_only_those_held_out_are_counted(tmp_path: Path) -> None:
    bad, together, *_ = measured(tmp_path)["lists_off"]
    held = [host for host in BAD if is_held_out(host)]
    assert 0 < len(held) < len(BAD)
    assert bad["hosts"] == together["hosts"] == len(held)
    assert bad["bare"]["red"] == len(held)


def test_known_good_hosts_are_all_counted_red_and_amber(tmp_path: Path) -> None:
    told = measured(tmp_path)
    for part in ("lists_off", "lists_on"):
        row = next(row for row in told[part] if row["list"] == "good")
        assert row["hosts"] == len(GOOD)
        assert row["bare"]["red"] == row["bare"]["amber"] == 0
