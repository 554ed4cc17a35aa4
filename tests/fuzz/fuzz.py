"""Looks for a text that breaks a promise, with Atheris: `fuzz.py PROMISE SECONDS` (`make fuzz` runs them all).

Texts that open new ways through the code gather in var/fuzz, from one run to the next. One that breaks the promise ends the run
and is put into `found/`, where the tests read it. `fuzz.py PROMISE keep` puts the shortest of the others there too.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import chain
from pathlib import Path

import atheris
from PIL import Image

with atheris.instrument_imports(
    include=["lachan.engine.scams", "lachan.engine.similar", "lachan.project.check_command"]
):
    from promises import FOUND, PROMISES, bytes_of, found, text_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "engine" / "scams"
LONGEST = 600  # bytes of a text that is tried
SECONDS_EACH = 20  # a text that takes so long is a fault
MOST_KEPT = 100  # texts that go ways of their own, for the tests


def seeds(name: str, folder: Path) -> Path:
    """A folder with what is known already, and with one in ten of the samples or small pictures of each sort."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = chain.from_iterable(file.read_text("utf-8").splitlines() for file in SAMPLES.glob("*.jsonl"))
    samples = [json.loads(line)["text"] for line in lines][::10]
    given = drawn() if name == "images" else (text.encode() for text in samples)
    for number, data in enumerate(chain(map(bytes_of, found(name)), given)):
        (folder / f"{number:04}").write_bytes(data)
    return folder


def drawn() -> Iterator[bytes]:
    """A small picture in each format and mode that is read."""
    for form in ("PNG", "JPEG", "WEBP", "GIF", "BMP"):
        for mode in ("1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"):
            file = BytesIO()
            with suppress(OSError, ValueError):
                Image.linear_gradient("L").resize((16, 12)).convert(mode).save(file, form)
                yield file.getvalue()


def keep(name: str, files: list[Path]) -> None:
    """Put the texts in `files` into what the tests read."""
    texts = dict.fromkeys([*found(name), *(text_of(file.read_bytes()) for file in files)])
    FOUND.mkdir(exist_ok=True)
    lines = "".join(f"{json.dumps(text)}\n" for text in sorted(texts, key=len))
    (FOUND / f"{name}.jsonl").write_text(lines, "utf-8")


def run(name: str, options: list[str]) -> None:
    """Hand a promise to libFuzzer, which ends the process: with 0 when all held."""
    promise = PROMISES[name]
    atheris.Setup([name, *options], lambda data: promise(text_of(data)))
    atheris.Fuzz()


def main() -> int:
    name, seconds, *options = sys.argv[1:]
    if options:
        run(name, options)
    work = ROOT / "var" / "fuzz" / name
    corpus = work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    if seconds == "keep":
        keep(name, sorted(corpus.iterdir(), key=lambda file: file.stat().st_size)[:MOST_KEPT])
        return 0
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SECONDS_EACH}"]
    options += [f"-artifact_prefix={work}/broke-", str(corpus), str(seeds(name, work / "seeds"))]
    ended = subprocess.run([sys.executable, __file__, name, seconds, *options], check=False).returncode
    if broken := [*work.glob("broke-*")]:
        keep(name, broken)
    return ended


if __name__ == "__main__":
    sys.exit(main())
