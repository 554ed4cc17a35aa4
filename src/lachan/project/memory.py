"""The memory this process has, as Linux tells it."""

from pathlib import Path


def peak_mb() -> float:
    """The most this process has had. `ru_maxrss` would count what its parent had when it started this one."""
    return _mb("VmHWM")


def held_mb() -> float:
    """What this process has now."""
    return _mb("VmRSS")


def _mb(field: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return round(int(status.partition(f"{field}:")[2].split()[0]) / 1024, 1)
