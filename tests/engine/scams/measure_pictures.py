"""How well pictures are read: `python tests/engine/scams/measure_pictures.py 12` draws twelve screenshots of each style.

Messages are those of lures.jsonl and genuine.jsonl in turn; widths 360 to 1440 pixels; JPEG of quality 60; Tinos, which is here,
and the faces of Debian that are installed. Of each style: wrong characters per hundred, with and without Vietnamese marks, and how
often the verdict on the picture has the level of the verdict on the text. Emoji are left out of the comparison.
"""

import random
import sys
import time
import unicodedata
from collections import defaultdict
from pathlib import Path

from samples import genuine, lures
from screenshots import FONT, STYLES, photographed, saved, screenshot

from lachan.engine import scams
from lachan.engine.vietnamese import fold

WIDTHS = (360, 540, 720, 1080, 1440)
AMPLE = 600.0  # so that others who work on the machine do not count
FACES = (
    *(FONT, Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")),
    *Path("/usr/share/fonts/truetype").glob("*/Roboto-Regular.ttf"),
    *Path("/usr/share/fonts/truetype").glob("*/NotoSans-Regular.ttf"),
    *(Path(extra) for extra in sys.argv[2:]),
)


def distance(one: str, other: str) -> int:
    """Characters to change, add or take away."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        above, row[0] = row[0], place
        for at, also in enumerate(other, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (letter != also))
    return row[-1]


def plain(text: str) -> str:
    """As it is compared: composed, one space between words, without emoji."""
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in {"So", "Sk", "Cf"})
    return " ".join(kept.split())


def measured(each: int, seed: int = 7) -> dict[str, list[tuple[int, int, int, bool, float]]]:
    """Of each style and width: wrong characters, those without marks, characters, same level, seconds; a picture a row."""
    pick = random.Random(seed)
    faces = [face for face in FACES if face.exists()]
    texts = [one.text for pair in zip(lures(), genuine(), strict=False) for one in pair if one.kind == "message"]
    texts = [text for text in texts if text.isprintable() and len(text) < 400]
    found: dict[str, list[tuple[int, int, int, bool, float]]] = defaultdict(list)
    for name in (*STYLES, "photo"):
        for _ in range(each):
            text, width, face = pick.choice(texts), pick.choice(WIDTHS), pick.choice(faces)
            drawn = screenshot(
                [(text, pick.random() < 0.4)], STYLES.get(name, STYLES["sms_light"]), width=width, font=face
            )
            started = time.monotonic()
            read, verdict = scams.check_picture(saved(photographed(drawn) if name == "photo" else drawn), seconds=AMPLE)
            taken = time.monotonic() - started
            want, got = plain(text), plain(" ".join(read.written))
            same = verdict.level is scams.check(text).level
            row = (distance(got, want), distance(fold(got), fold(want)), len(want), same, taken)
            for group in (name, f"{width} px", "all"):
                found[group].append(row)
            if "-v" in sys.argv and (row[0] > 0.05 * len(want) or not same):
                print(name, width, face.stem, row, got, want, sep="\n   ", file=sys.stderr)  # noqa: T201
    return found


if __name__ == "__main__":
    print("| | pictures | wrong characters | without marks | same level | seconds |\n|---|---|---|---|---|---|")  # noqa: T201
    for group, rows in measured(int(sys.argv[1])).items():
        wrong, unmarked, characters = (sum(row[part] for row in rows) for part in range(3))
        same, seconds = sum(row[3] for row in rows) / len(rows), sorted(row[4] for row in rows)[len(rows) // 2]
        print(  # noqa: T201
            f"| {group} | {len(rows)} | {wrong / characters:.1%} | {unmarked / characters:.1%} | {same:.0%} | {seconds:.1f} |"
        )
