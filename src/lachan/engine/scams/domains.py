"""Names of hosts: which part is registered, and whether it belongs to a body that is known.

The Public Suffix List (publicsuffix.org, MPL-2.0) is bundled as `public_suffix_list.dat`; its second section names the places under
which anybody gets a site (blogspot.com, vercel.app).
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lachan.engine.scams import knowledge

_LIST = Path(__file__).parent / "public_suffix_list.dat"
_NEWER = ("ai.vn", "id.vn", "io.vn")  # suffixes that the list has in editions later than the one bundled


@dataclass(frozen=True, slots=True)
class Name:
    """A host in its parts: "dich.vcb-vn.com.vn" is "dich" under the registered "vcb-vn" of the suffix "com.vn"."""

    host: str
    under: tuple[str, ...]  # labels before the registrable domain
    label: str  # the registered label; "" for an address in numbers, or a suffix alone
    suffix: str
    private: bool  # the suffix belongs to a company that gives names below it to anybody

    @property
    def domain(self) -> str:
        """What somebody has registered: "vcb-vn.com.vn"."""
        return f"{self.label}.{self.suffix}" if self.label else self.host

    @property
    def is_number(self) -> bool:
        """Whether it is a bare IP address."""
        return not self.suffix and self.host.replace(".", "").isdigit()


@cache
def _suffixes() -> dict[str, bool]:
    """The rules, as written, each with whether it stands in the private section."""
    rules = dict.fromkeys(_NEWER, False)
    private = False
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if "===BEGIN PRIVATE" in line:
            private = True
        elif line and not line.startswith("//"):
            rules[line.split()[0]] = private
    return rules


def is_ending(label: str) -> bool:
    """Whether names may end with `label`: "com", "vn"; not "tai"."""
    return label in _suffixes()


@lru_cache(maxsize=20_000)
def split(host: str) -> Name:
    """The parts of a host by the Public Suffix List: the longest rule wins, "!" rules before all."""
    labels = tuple(_shown(label) for label in host.strip(".").split(".") if label)
    if not labels or all(label.isdigit() for label in labels):
        return Name(host, (), "", "", private=False)
    rules = _suffixes()
    for place in range(len(labels)):
        rest = ".".join(labels[place:])
        above = ".".join(("*", *labels[place + 1 :]))
        if f"!{rest}" in rules:
            return _named(labels, place + 1, private=rules[f"!{rest}"])
        if rest in rules or above in rules:
            return _named(labels, place, private=rules.get(rest, rules.get(above, False)))
    return _named(labels, len(labels) - 1, private=False)


def _named(labels: tuple[str, ...], suffix_at: int, *, private: bool) -> Name:
    label = labels[suffix_at - 1] if suffix_at else ""
    return Name(".".join(labels), labels[: max(0, suffix_at - 1)], label, ".".join(labels[suffix_at:]), private)


def _shown(label: str) -> str:
    """A label in letters: "xn--bcher-kva" as "bücher"; as it is where it cannot be read."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError, OverflowError):
        return label


STATE = "gov.vn"  # reserved for state bodies (Thông tư 24/2015/TT-BTTTT); .vn alone says nothing


@lru_cache(maxsize=20_000)
def official(host: str) -> knowledge.Official | None:
    """The body that a host belongs to: its official domain is `host` or stands above it."""
    known = knowledge.official()
    labels = split(host).host.split(".")
    return next((known[name] for at in range(len(labels) - 1) if (name := ".".join(labels[at:])) in known), None)


def is_state(host: str) -> bool:
    """Whether the host is under .gov.vn."""
    return host.endswith(f".{STATE}")


def ends_with_any(host: str, ends: object) -> str | None:
    """The longest of `ends` that is the host or stands above it."""
    labels = host.split(".")
    return next((name for at in range(len(labels)) if (name := ".".join(labels[at:])) in ends), None)  # type: ignore[operator]
