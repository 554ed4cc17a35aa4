"""Copies of messages as swindlers vary them from one phone to the next, made at random from a seed.

What changes: links, amounts and other digits, a random token at the end, marks, words of the frame, dots in words.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random

from lachan.engine.scams import links

_FRAME = (
    ("quý khách", "anh/chị"), ("quý khách", "khách hàng"), ("quý khách", "QK"), ("quy khach", "anh chi"), ("quy khach", "QK"),
    ("bạn", "anh/chị"), ("ban", "quy khach"), ("vui lòng", "hãy"), ("vui long", "de nghi"), ("tài khoản", "TK"),
    ("tai khoan", "TK"), ("ngân hàng", "NH"), ("ngan hang", "NH"), ("ngay", "gấp"), ("ngay", "lập tức"), ("liên hệ", "gọi"),
    ("lien he", "LH"), ("bấm", "nhấn"), ("bam", "nhan"), ("truy cập", "vào"), ("truy cap", "dang nhap"), ("hôm nay", "trong ngày"),
    ("thông báo", "TB"), ("thong bao", "TB"), ("số điện thoại", "SĐT"), ("được", "đc"), ("duoc", "dc"), ("không", "ko"),
    ("khong", "ko"), ("chuyển khoản", "CK"), ("đăng nhập", "truy cập"), ("dang nhap", "truy cap"), ("mời", "xin mời"),
    ("nếu", "trường hợp"), ("neu", "truong hop"), ("xác minh", "xác thực"), ("xac minh", "xac thuc"), ("đóng", "nộp"),
    ("dong", "nop"), ("nhận", "lãnh"), ("mẹ", "má"), ("con", "em"), ("hỗ trợ", "giúp đỡ"), ("ho tro", "giup do"),
)  # fmt: skip
_OPENINGS = (
    "Kính gửi Quý khách, ",
    "Xin chào, ",
    "TB: ",
    "[TB] ",
    "Thông báo: ",
    "Kinh chao QK. ",
    "Alo, ",
    "Dear KH, ",
)
_ENDINGS = (" Trân trọng.", " Tran trong cam on.", " Xin cảm ơn!", " Cam on QK.", " Chi tiết LH tổng đài.", " Thân ái.")
_HOSTS = ("top", "xyz", "cc", "com", "vip", "info", "online", "site", "click", "com.vn", "id.vn", "shop")
_CONSONANTS, _ALL = "bcdghklmnpqrtvx", "abcdefghijklmnopqrstuvwxyz0123456789"
_BEGINNING = 16  # characters by which a text is looked for in others
_MARKS = " .,:;!?"
_STAND_INS = {"o": "0", "i": "1", "e": "3", "a": "4"}


def copies(text: str, times: int, random: Random) -> Iterator[str]:
    """So many copies, each changed in two ways or more."""
    for _copy in range(times):
        yield _changed(text, random)


def _changed(text: str, random: Random) -> str:
    ways = random.sample(_WAYS, random.randint(2, len(_WAYS)))
    for way in _WAYS:  # in a fixed order: digits are changed before letters become digits
        if way in ways:
            text = way(text, random)
    return text


def _other_links(text: str, random: Random) -> str:
    for link in reversed(links.find(text)):
        start, end = link.span
        text = text[:start] + _link(random) + text[end:]
    return text


def _link(random: Random) -> str:
    name = "".join(random.choices(_ALL[:26], k=random.randint(4, 9)))
    host = f"{name}-{random.choice(('vn', 'online', 'hotro', 'gov'))}.{random.choice(_HOSTS)}"
    path = "/" + "".join(random.choices(_ALL, k=random.randint(3, 7))) if random.random() < 0.5 else ""
    return random.choice((f"https://{host}{path}", f"{host}{path}", f"hxxps://{host.replace('.', '[.]')}{path}"))


def _other_digits(text: str, random: Random) -> str:
    spans = [link.span for link in links.find(text)]
    return re.sub(
        r"(?<![^\W\d])\d+",  # not those that stand for letters inside a word
        lambda found: (
            found[0]
            if any(start <= found.start() < end for start, end in spans)
            else str(random.randint(1, 9)) + "".join(random.choices("0123456789", k=len(found[0]) - 1))
        ),
        text,
    )


def _token(text: str, random: Random) -> str:
    letters = random.choice((_ALL, _CONSONANTS, _CONSONANTS.upper()))
    token = "".join(random.choices(letters, k=random.randint(4, 7)))
    return f"{text} {random.choice(('', '#', '[', 'ref '))}{token}"


def _other_marks(text: str, random: Random) -> str:
    bare = unicodedata.normalize("NFD", text)
    if random.random() < 0.25:
        return bare
    text = "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")
    return text.upper() if random.random() < 0.2 and not links.find(text) else text


def _other_frame(text: str, random: Random) -> str:
    """Up to three words of the frame in other words, and now and then an opening or an ending."""
    here = [pair for pair in _FRAME if re.search(rf"(?<!\w){pair[0]}(?!\w)", text, re.IGNORECASE)]
    for old, new in random.sample(here, min(len(here), random.randint(1, 3))):
        text = re.sub(rf"(?<!\w){old}(?!\w)", new, text, flags=re.IGNORECASE)
    if random.random() < 0.4:
        text = random.choice(_OPENINGS) + text
    return text + random.choice(_ENDINGS) if random.random() < 0.4 else text


def _cut_words(text: str, random: Random) -> str:
    """One to three words with dots or dashes between their letters, a digit for a letter, or something unseen inside."""
    spans = [link.span for link in links.find(text)]
    words = [
        found.span()
        for found in re.finditer(r"(?<!\S)[^\W\d_]{3,7}(?![^\s,.])", text)
        if not any(start <= found.start() < end for start, end in spans)
    ]
    for start, end in sorted(random.sample(words, min(len(words), random.randint(1, 3))), reverse=True):
        text = text[:start] + _disguised(text[start:end], random) + text[end:]
    return text


def _disguised(word: str, random: Random) -> str:
    way = random.randrange(4)
    if way < 2:
        return ".-"[way].join(word)
    if way == 2:
        return word[0] + "\u200b" + word[1:]
    return next((word.replace(old, new, 1) for old, new in _STAND_INS.items() if old in word), word)


_WAYS: Sequence[Callable[[str, Random], str]] = (
    _other_links, _other_digits, _other_frame, _other_marks, _cut_words, _token,
)  # fmt: skip


def whole(texts: Iterable[str]) -> tuple[str, ...]:
    """Of `texts`, each once, those that hold no other: whoever asks about a message and quotes it sends a copy of it."""
    different = tuple(dict.fromkeys(texts))
    begun: dict[str, list[str]] = defaultdict(list)
    for text in different:
        if len(text) > _BEGINNING:
            begun[text[:_BEGINNING]].append(text.rstrip(_MARKS))
    return tuple(text for text in different if not _holds_another(text, begun))


def _holds_another(text: str, begun: Mapping[str, Sequence[str]]) -> bool:
    own = text.rstrip(_MARKS)
    beginnings = (text[at : at + _BEGINNING] for at in range(len(text)))
    return any(other in text for one in beginnings for other in begun.get(one, ()) if other != own)


def agreement(truth: Sequence[object], found: Sequence[object]) -> dict[str, float]:
    """Precision, recall and F1 over all pairs of messages: together in `found`, together in `truth`."""
    both = _pairs(list(zip(truth, found, strict=True)))
    right, said = _pairs(truth), _pairs(found)
    precision, recall = both / said if said else 1.0, both / right if right else 1.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _pairs(names: Sequence[object]) -> int:
    counts: dict[object, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return sum(count * (count - 1) // 2 for count in counts.values())
