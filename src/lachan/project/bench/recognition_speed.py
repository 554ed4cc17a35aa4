"""How long the recognition engine takes: to load, for one message, for many, and for texts meant to slow it down."""

import json
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Sequence
from typing import Any

from lachan.engine import scams
from lachan.project.bench.telling import quantile

LIMITS = {
    "import_s": 0.3,
    "p99_ms": 1.0,
    "messages_a_second": 5_000,
    "peak_mb": 150,
    "times_dearer_for_ten_times_the_text": 12,  # linear, with room for noise
}
ROUNDS = SAMPLES = 2_000
IMPORTS = 5
ADDITIONS = 10_000_000
MESSAGE = (  # 300 characters with a link, a sum and a number
    "Ngân hàng thông báo: tài khoản của quý khách đã đăng ký gói dịch vụ quốc tế, phí 2.400.000 VND mỗi tháng "
    "sẽ bị trừ sau 2 giờ. Nếu không phải quý khách thực hiện, vui lòng đăng nhập https://nganhang-huydichvu.vidu.top "
    "để hủy dịch vụ, hoặc gọi 0912 345 678 gặp nhân viên hỗ trợ trước 17h hôm nay nhé."
)
LENGTH = len(MESSAGE)
HOSTILE = {  # what is repeated to make a text long
    "words": "tài khoản ",
    "spaces": " ",
    "unseen letters": "\u200b",
    "at signs": "@",
    "broken links": "hxxp://a ",
    "brackets": "([{.}])",
    "hosts": "vcb.top ",
    "look-alike letters": "тài khоản ",
    "telephone numbers": "0912345678 ",
    "accounts": "stk 123456789 ",
    "warnings": "cảnh giác công an. ",
    "dots": "a.",
    "links": "http://",
    "parted letters": "k-h-o-a ",
    "numbers": "1.000 ",
    "digits": "0",
    "one word": "ạ",
    "marks": "o\u0323\u0302",
    "lures": "khóa tài khoản chuyển tiền xác minh ",
}

_IMPORT = "import time; began = time.perf_counter(); import lachan.engine.scams; print(time.perf_counter() - began)"
_ALONE = """
import json, sys
from lachan.project.bench.recognition_speed import taken_alone
print(json.dumps(taken_alone(json.load(sys.stdin))))
"""
_MEMORY = """
import json, sys
from lachan.engine import scams
for text in json.load(sys.stdin):
    scams.check(text)
print(int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024)
"""


def speed(texts: Sequence[str]) -> dict[str, Any]:
    """The figures of `LIMITS`, each beside its limit, and what they are made of; all but the import in processor time.

    Each is taken in a Python that holds nothing else: Python's collector looks through all that a process holds. `additions_s` says
    how fast the machine is meanwhile, as `python -m timeit -n 10000000 -s "i = 0" "i += 1"` says of any other.
    """
    given = json.dumps(list(texts))
    alone = json.loads(_python(_ALONE, given))
    found = {
        "import_s": round(statistics.median(float(_python(_IMPORT)) for _ in range(IMPORTS)), 3),
        "p99_ms": round(quantile(alone["times"], 0.99), 2),
        "messages_a_second": alone["a_second"],
        "peak_mb": round(float(_python(_MEMORY, given)), 1),
        "times_dearer_for_ten_times_the_text": max(one["times_dearer"] for one in alone["hostile"].values()),
    }
    rows = {name: {"value": value, "limit": LIMITS[name]} for name, value in found.items()}
    beside = {"p50_ms": round(quantile(alone["times"], 0.5), 2), "additions_s": round(alone["additions_s"], 2)}
    return {**rows, **beside, "hostile": alone["hostile"]}


def taken_alone(texts: Sequence[str]) -> dict[str, Any]:
    """Milliseconds for each of many messages, messages a second, and what hostile texts cost, in this process."""
    scams.check(MESSAGE)  # loads what is known
    return {
        "additions_s": timeit.timeit("i += 1", "i = 0", timer=time.process_time, number=ADDITIONS),
        "times": _times(texts),
        "a_second": _a_second(texts),
        "hostile": {name: _hostile(unit) for name, unit in HOSTILE.items()},
    }


def sample() -> list[str]:
    """Messages to check where no file is given."""
    return [f"{MESSAGE} {number}" for number in range(SAMPLES)]


def _python(code: str, given: str = "") -> str:
    """What a Python of its own, with nothing else loaded, prints."""
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True)
    return done.stdout


def _times(texts: Sequence[str]) -> list[float]:
    """Milliseconds for each of many different messages of 300 characters, cut from `texts`, in processor time."""
    whole = " ".join((*texts, MESSAGE))
    taken = []
    for at in range(0, min(len(whole), ROUNDS * LENGTH) - LENGTH + 1, LENGTH):
        text = whole[at : at + LENGTH]
        began = time.process_time()
        scams.check(text)
        taken.append((time.process_time() - began) * 1000)
    return taken


def _a_second(texts: Sequence[str]) -> int:
    best = 0.0
    for _round in range(3):
        began = time.process_time()
        for text in texts:
            scams.check(text)
        best = max(best, len(texts) / (time.process_time() - began))
    return round(best)


def _hostile(unit: str) -> dict[str, float]:
    short, long = _taken(unit, 10_000), _taken(unit, 100_000)
    return {"ms_10_kb": round(short, 1), "ms_100_kb": round(long, 1), "times_dearer": round(long / short, 1)}


def _taken(unit: str, size: int) -> float:
    """Milliseconds for so many characters, the best of three, without the rounds of Python's collector."""
    text = unit * (size // len(unit))
    return min(timeit.repeat(lambda: scams.check(text), timer=time.process_time, repeat=3, number=1)) * 1000
