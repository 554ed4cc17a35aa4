"""The people of a unit as the page of those who manage them shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.accounts.models import Invitation
from lachan.engine.invitees import Fault, InviteeRow
from lachan.orgs.models import Grant, Person, Unit


@dataclass
class Member:
    """Somebody who holds roles on a unit, and the invitation they have not followed."""

    person: Person
    grants: list[Grant] = field(default_factory=list)
    invitation: Invitation | None = None
    link_works: bool = False

    @property
    def roles(self) -> str:
        return ", ".join(str(grant.get_role_display()) for grant in self.grants)

    @property
    def since(self) -> datetime:
        return min(grant.given_at for grant in self.grants)


def members(unit: Unit, now: datetime) -> list[Member]:
    """By name; those who have not come last. Two queries however many they are."""
    found: dict[int, Member] = {}
    for grant in Grant.objects.in_force().filter(unit=unit).select_related("person").order_by("person__name", "role"):
        found.setdefault(grant.person_id, Member(grant.person)).grants.append(grant)
    for invitation in Invitation.objects.waiting().filter(person__in=found):
        member = found[invitation.person_id]
        member.invitation, member.link_works = invitation, invitation.works_at(now)
    return sorted(found.values(), key=lambda member: member.invitation is not None)


@dataclass(frozen=True)
class CheckedRow:
    """A line of a pasted list, and what will become of it, in words."""

    row: InviteeRow
    sentence: str
    is_wrong: bool


_FAULTS: dict[Fault, Promise] = {
    Fault.NO_ADDRESS: gettext_lazy("Chưa có địa chỉ thư điện tử. Thêm địa chỉ, ví dụ ten@tinh.gov.vn."),
    Fault.BAD_ADDRESS: gettext_lazy("Địa chỉ thư điện tử chưa đúng. Ví dụ đúng: ten@tinh.gov.vn."),
    Fault.NO_ROLE: gettext_lazy("Chưa có vai trò, hoặc vai trò anh/chị không giao được. Xem các vai trò ở dưới."),
    Fault.REPEATED: gettext_lazy("Trùng với một dòng ở trên. Bỏ bớt một dòng."),
}


def checked_rows(rows: Iterable[InviteeRow]) -> list[CheckedRow]:
    """Each line with its sentence, judged by the accounts there are: one query."""
    rows = list(rows)
    known = {person.email: person for person in Person.objects.filter(email__in=[row.email for row in rows])}
    return [_checked(row, known.get(row.email)) for row in rows]


def _checked(row: InviteeRow, person: Person | None) -> CheckedRow:
    if row.fault:
        return CheckedRow(row, str(_FAULTS[row.fault]), is_wrong=True)
    if person is None and not row.name:
        return CheckedRow(row, _("Chưa có tài khoản với địa chỉ này, nên cần cả họ và tên."), is_wrong=True)
    if person is None:
        return CheckedRow(row, _("Lập tài khoản mới và gửi thư mời."), is_wrong=False)
    if not person.is_active:
        return CheckedRow(row, _("Tài khoản này đã đóng. Bỏ dòng này."), is_wrong=True)
    return CheckedRow(row, _("Đã có tài khoản của %(name)s: chỉ giao vai trò.") % {"name": person.name}, is_wrong=False)
