"""Lines after "Kính gửi", resolved to the units of the tree on the letter's date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from lachan.campaigns.actions import AddresseeDraft
from lachan.engine.addressing import AddressableGroup, AddressableUnit, How, Resolved, resolve
from lachan.orgs.models import Group, Unit, UnitVersion, UnitVersionQuerySet
from lachan.orgs.recipients import addressable_groups, addressable_units

DOUBTFUL = 0.75
LONGEST = 500  # characters of a line
FOR_A_DEPARTMENT = ("so-ban-nganh", "ubnd-cap-huyen", "ubnd-cap-xa")
"""Whom a province or one of its departments writes to when the letter from above names nobody below it."""


class AddressBook:
    """Units and groups as letters of `owner` call them on `day`: those of its province, with the units above it."""

    def __init__(self, owner: Unit, day: date) -> None:
        self.owner, self.day = owner, day
        self.version = owner.version_on(day)
        self.scope: UnitVersionQuerySet = _province_of(self.version, day)
        self._codes: dict[str, frozenset[str]] = {}  # what group_codes has answered
        self._group_names = dict(Group.objects.values_list("code", "name"))

    @cached_property
    def units(self) -> list[AddressableUnit]:
        """Read when a line is to be resolved: most views of a set-up resolve none."""
        return addressable_units(self.owner, self.day)

    @cached_property
    def groups(self) -> list[AddressableGroup]:
        return addressable_groups()

    @cached_property
    def known(self) -> frozenset[int]:
        """Keys of all units that may be chosen."""
        return frozenset(unit.key for unit in self.units)

    def search(self, words: str, most: int) -> list[UnitVersion]:
        """Units of the province whose names have these words, with or without marks."""
        found = self.scope.search(words).exclude(unit=self.owner).select_related("kind", "parent")
        return list(found.in_order()[:most]) if words.strip() else []

    def addressees(self, lines: Sequence[str]) -> list[AddresseeDraft]:
        """Each line with its units; a part that means no unit stands on its own and waits to be settled."""
        parts = self._resolve(lines)
        return [
            draft
            for line, some in groupby(parts, key=lambda part: part.line)
            for draft in self._drafts(line, list(some))
        ]

    def group_codes(self, words: str) -> frozenset[str]:
        """The groups named in a form's "dành cho …"."""
        if words not in self._codes:
            parts = self._resolve([words]) if words else []
            self._codes[words] = frozenset(part.group for part in parts if part.group)
        return self._codes[words]

    def of_group(self, code: str) -> frozenset[int]:
        """The units of one group, as seen from the owner."""
        phrase = next((group.phrases[0] for group in self.groups if group.code == code and group.phrases), "")
        return frozenset(key for part in self._resolve([phrase]) if part.group == code for key in part.unit_keys)

    def _resolve(self, lines: Sequence[str]) -> list[Resolved]:
        return resolve(lines, self.units, self.groups, self.owner.pk)

    def _drafts(self, line: str, parts: list[Resolved]) -> Iterator[AddresseeDraft]:
        keys = frozenset(key for part in parts for key in part.unit_keys)
        settled = [part for part in parts if part.unit_keys]
        if settled and keys <= {self.owner.pk}:
            reason = _("Chính là đơn vị lập chiến dịch")
            yield AddresseeDraft(line[:LONGEST], keys, self._how(settled), 1, left_out_because=reason)
        elif settled:
            certainty = min(part.certainty for part in settled)
            yield AddresseeDraft(line[:LONGEST], keys - {self.owner.pk}, self._how(settled), certainty)
        for part in parts:
            if not part.unit_keys and part.how != How.ABOVE:
                words = part.part if settled else line
                yield AddresseeDraft(words[:LONGEST], frozenset(), self._how([part]), 0)
                if not settled:
                    return

    def _how(self, parts: Iterable[Resolved]) -> str:
        return "; ".join(dict.fromkeys(self._rule(part) for part in parts))[:200]

    def _rule(self, part: Resolved) -> str:
        if part.how == How.GROUP:
            said = _("nhóm “%(group)s”") if part.unit_keys else _("nhóm “%(group)s” chưa có đơn vị nào trong danh bạ")
            return said % {"group": self._group_names.get(part.group, part.part)}
        if part.how == How.AMBIGUOUS:
            return _("nhiều đơn vị cùng tên")
        return _("đúng tên đơn vị") if part.how == How.NAME else ""


def _province_of(version: UnitVersion, day: date) -> UnitVersionQuerySet:
    """The province `version` stands in, with everything in it; without a province above, the unit's own branch."""
    chain = UnitVersion.objects.on(day).of_units([*version.ancestor_keys, version.unit_id])
    province = next((one for one in chain.values() if one.kind.level == "province"), version)
    return UnitVersion.objects.on(day).at_or_below(province)


def proposed(book: AddressBook) -> list[AddresseeDraft]:
    """Groups below the owner to start from, when a letter from above names nobody the owner could hand it to."""
    names = {code: Group.objects.get(pk=code).name for code in FOR_A_DEPARTMENT}
    found = [(code, book.of_group(code) - {book.owner.pk}) for code in FOR_A_DEPARTMENT]
    kept = [(code, keys) for code, keys in found if keys]
    if len(kept) == len(FOR_A_DEPARTMENT):
        kept = kept[:2]  # three levels: the communes get it from their districts
    return [
        AddresseeDraft(names[code][:1].upper() + names[code][1:], keys, _("đề xuất theo cấp, cần xem lại"), 0.5)
        for code, keys in kept
    ]
