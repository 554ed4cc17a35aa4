"""bogofilter, as Debian ships it, with a word list of its own made from the messages."""

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from lachan.project.bench.peers.trial import Message, Texts, Trial, scored, spent

_HEAD = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"


def trial(messages: Sequence[Message], texts: Texts) -> Trial:
    """Each message is a mail without a sender, read from its file, many in one run of the program."""
    with tempfile.TemporaryDirectory(prefix="lachan-bogofilter-") as name:
        folder = Path(name)
        began = spent()
        for option, bad in (("-s", True), ("-n", False)):
            _run(folder, [one.text for one in messages if one.bad is bad], option)
        taken = spent() - began
        return scored(texts, lambda asked: _scores(folder, asked), taken)


def _scores(folder: Path, texts: Sequence[str]) -> list[float]:
    said = _run(folder, texts, "-t", "--terse-format=%.17f")
    return [float(line.split()[-1]) for line in said.splitlines()]


def _run(folder: Path, texts: Iterable[str], *options: str) -> str:
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"{number}.eml")
        files[-1].write_text(_HEAD + text, encoding="utf-8")
    done = subprocess.run(
        ["bogofilter", "-C", "-d", folder, "-b", *options],
        input="".join(f"{file}\n" for file in files),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1, 2}:  # spam, ham, unsure
        raise RuntimeError(done.stderr)
    return done.stdout
