"""`lachan bench`, on a small province: what it prints and that it measures what it says. How fast things are is not judged here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.project.bench.asking import routes
from lachan.project.bench.telling import quantile

ROOT = Path(__file__).resolve().parent.parent.parent


def measured(*words: str) -> dict[str, Any]:
    """What the command prints, run as people run it, with a throwaway database of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LACHAN_VAR", "DATABASE_URL")}
    done = subprocess.run(
        [sys.executable, "-m", "lachan.project", "bench", *words, "--json"],
        env=kept | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def pages() -> dict[str, Any]:
    size: dict[str, Any] = measured("standing", "--size", "40", "--only", "portal:s")["sizes"][0]
    return size


def test_pages_are_measured_beside_their_limit_with_their_queries(pages: dict[str, Any]) -> None:
    standing = next(page for page in pages["pages"] if page["page"] == "portal:standing")
    assert standing["of_limit"] == pytest.approx(standing["p95_ms"] / pages["limit_ms"], abs=0.01)
    assert standing["p50_ms"] <= standing["p95_ms"]
    assert standing["queries"] > 1


def test_no_page_is_passed_over_in_silence(pages: dict[str, Any]) -> None:
    told = {page["page"] for page in pages["pages"]} | set(pages["not_measured"])
    assert told == {route.name for route in routes() if "portal:s" in route.name}


def test_returns_are_counted_beside_bare_rows() -> None:
    told = measured("reports", "--returns", "10", "--whole", "12")
    ways = [(n, way) for n in (5, 40) for way in ("page", "api", "batch")]
    assert [(row["indicators"], row["way"]) for row in told["rows"]] == [*ways, (40, "whole")]
    assert told["rows"][-1]["returns"] == 12
    for row in told["rows"]:
        assert row["durable"] == "on"
        assert row["of_raw"] == pytest.approx(row["returns_per_s"] / row["raw_per_s"], abs=0.001)


def test_a_country_is_measured_and_its_figures_equal_a_recount_after_a_storm_and_after_edits() -> None:
    [size] = measured("rollup", "--size", "300", "--periods", "2", "--storm", "45")["sizes"]
    storm = size["storm"]
    assert storm["acknowledged"] == storm["counted"] == storm["returns"] == 25
    assert (storm["lost"], storm["looks_that_missed_one"], storm["refused"]) == (0, 0, 0)
    assert size["recount_after_storm"]["different"] == size["recount_after_edits"]["different"] == 0
    assert size["recount_after_edits"]["figures"] > 1000
    assert size["tables"].keys() >= {"provinces", "provinces_over_periods"}


def test_whatever_is_killed_every_return_is_there_once_and_no_acknowledged_one_is_lost() -> None:
    told = measured("faults", "--returns", "60", "--kills", "5")
    assert told["wrong"] == []
    assert told["killed"] == dict.fromkeys(("database", "session", "web", "web process", "worker"), 1)
    assert told["acknowledged"] + told["not_acknowledged"] == told["there_once"] == told["counted"] == 60


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_a_time_that_was_measured_and_covers_its_share(times: list[float], share: float) -> None:
    found = quantile(times, share)
    assert found in times
    assert sum(time <= found for time in times) >= share * len(times)


def test_clusters_are_measured_beside_their_limits() -> None:
    told = measured("similar", "--messages", "200", "--copies", "1")
    assert [row["messages"] for row in told["stream"] if row["peer"] == "lachan"] == [2, 20, 200]
    assert set(told["limits"]) == {"f1", "per_second", "mb_at_1_000_000"}
