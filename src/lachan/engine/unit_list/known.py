"""The units there are, ready to be found by code or by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lachan.engine.unit_list.columns import Field
from lachan.engine.vietnamese import fold

_ALIASES = {
    "mam non": "kindergarten",
    "mau giao": "kindergarten",
    "truong mau giao": "kindergarten",
    "tieu hoc": "primary-school",
    "thcs": "lower-secondary-school",
    "truong thcs": "lower-secondary-school",
    "trung hoc co so": "lower-secondary-school",
    "truong trung hoc co so": "lower-secondary-school",
    "thpt": "upper-secondary-school",
    "truong thpt": "upper-secondary-school",
    "trung hoc pho thong": "upper-secondary-school",
    "gdtx": "continuing-education",
    "gdnn-gdtx": "continuing-education",
    "trung tam gdtx": "continuing-education",
    "trung tam gdnn-gdtx": "continuing-education",
    "dai hoc": "university",
    "cao dang": "college",
    "so": "department",
    "bao chi": "press",
    "vien thong": "telecom-enterprise",
    "ngan hang": "bank-branch",
    "co quan dang": "party-body",
    "doan the": "mass-organisation",
    "thon": "hamlet",
    "hoi": "association",
    "hop tac xa": "cooperative",
    "benh vien": "hospital",
    "to cong nghe so": "digital-team",
}
"""Short names of kinds as officers write them, beside the names in the catalogue."""


@dataclass(frozen=True)
class KnownUnit:
    """A unit as it stands. `values` are its fields as text; `path` the keys of the units from the top down to it."""

    key: int
    code: str
    name: str
    body_name: str
    kind: str
    parent: int | None
    path: tuple[int, ...]
    values: Mapping[Field, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """The branch under `root`, itself included; the kinds by code; the codes that units elsewhere have."""

    root: int
    units: Mapping[int, KnownUnit]
    kinds: Mapping[str, str]
    codes_elsewhere: frozenset[str] = frozenset()

    def kind(self, text: str) -> str | None:
        """The code of the kind that `text` names, in full, in part ("thôn" of "thôn, xóm, bản, tổ dân phố") or in short."""
        return self._kinds.get(fold(text))

    def coded(self, text: str) -> KnownUnit | None:
        return self._codes.get(text.casefold())

    def named(self, text: str) -> list[KnownUnit]:
        """Those called `text`; after a comma may stand the name of one above: "xã Gò Thấp, huyện Bến Đá"."""
        if found := self._names.get(fold(text)):
            return found
        name, _, above = text.partition(",")
        return [one for one in self._names.get(fold(name), []) if above and self._is_under(one, fold(above))]

    def _is_under(self, one: KnownUnit, name: str) -> bool:
        above = (self.units[key] for key in one.path[:-1] if key in self.units)
        return any(name in (fold(unit.name), fold(unit.body_name)) for unit in above)

    @cached_property
    def _codes(self) -> dict[str, KnownUnit]:
        return {unit.code.casefold(): unit for unit in self.units.values()}

    @cached_property
    def _names(self) -> dict[str, list[KnownUnit]]:
        return _grouped(
            (name, unit) for unit in self.units.values() for name in {fold(unit.name), fold(unit.body_name)}
        )

    @cached_property
    def _kinds(self) -> dict[str, str]:
        parts = {fold(part): code for code, name in self.kinds.items() for part in name.split(",")}
        aliases = {word: code for word, code in _ALIASES.items() if code in self.kinds}
        whole = {fold(name): code for code, name in self.kinds.items()} | {code: code for code in self.kinds}
        return parts | aliases | whole


def _grouped(pairs: Iterable[tuple[str, KnownUnit]]) -> dict[str, list[KnownUnit]]:
    found: dict[str, list[KnownUnit]] = defaultdict(list)
    for name, unit in pairs:
        found[name].append(unit)
    return found
