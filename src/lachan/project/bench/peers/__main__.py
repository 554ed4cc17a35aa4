"""`python -m lachan.project.bench.peers MODULE FUNCTION`: all trials of one peer, from JSON to JSON (see `running.py`)."""

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module

from lachan.project.bench.peers.trial import Message
from lachan.project.memory import peak_mb


def main() -> None:
    module, function = sys.argv[1:]
    trial = getattr(import_module(f"lachan.project.bench.peers.{module}"), function)
    asked = json.load(sys.stdin)
    trials = [asdict(trial([Message(*row) for row in one["learn"]], one["check"])) for one in asked]
    programs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # not less than this process has itself
    json.dump({"trials": trials, "peak_mb": round(programs, 1) or peak_mb()}, sys.stdout)


main()
