"""`lachan bench NAME`: figures beside their limits or peers, measured in one run on this machine."""

from lachan.project.bench.command import bench

__all__ = ["bench"]
