"""The memory that figures tell is this process's own."""

import subprocess
import sys

from lachan.project.memory import held_mb, peak_mb

SAYS = "from lachan.project.memory import peak_mb; print(peak_mb())"


def test_what_its_parent_held_does_not_count() -> None:
    large = bytes(300) * 2**20
    done = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)
    assert peak_mb() > len(large) / 2**20 > 250 > float(done.stdout)


def test_the_peak_stays_when_the_memory_is_given_back() -> None:
    large = bytes(300) * 2**20
    size = len(large) / 2**20
    del large
    assert peak_mb() > size
    assert peak_mb() >= held_mb() > 0
