"""Kinds and groups of units, as the operator edits them. One that something refers to does not vanish."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lachan.engine.vietnamese import fold
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Group, Kind, Person


@dataclass(frozen=True, kw_only=True)
class GroupDraft:
    """A group as it is to be; see `lachan.orgs.models.Group`."""

    name: str
    name_en: str
    kinds: Collection[Kind]
    direct: bool
    phrases: str
    rank: int


@transaction.atomic
def write_kind(kind: Kind | None, *, name: str, name_en: str, rank: int, by: Person, now: datetime) -> Kind:
    """A new kind, or the words and rank of one there is. Refused when another kind has that name."""
    same = [one for one in Kind.objects.all() if fold(one.name) == fold(name) and one != kind]
    if same:
        raise Refused(_("Đã có loại đơn vị tên “%(name)s”.") % {"name": same[0].name})
    kind = kind or Kind(code=_free_code(Kind, name))
    kind.name, kind.name_en, kind.rank = name, name_en, rank
    kind.save()
    audit.record("orgs.write_kind", kind, by=by, now=now, detail={"name": name, "rank": rank})
    return kind


@transaction.atomic
def remove_kind(kind: Kind, *, by: Person, now: datetime) -> None:
    """Refused while a unit is or was of this kind, or a group holds it."""
    _remove(kind, _("Loại “%(name)s” đang có đơn vị hoặc nhóm dùng nên không bỏ được."), "orgs.remove_kind", by, now)


@transaction.atomic
def write_group(group: Group | None, *, draft: GroupDraft, by: Person, now: datetime) -> Group:
    """A new group, or what one there is holds. Letters already resolved stay as they are."""
    group = group or Group(code=_free_code(Group, draft.name))
    group.name, group.name_en, group.direct, group.rank = draft.name, draft.name_en, draft.direct, draft.rank
    group.phrases = "\n".join(line.strip() for line in draft.phrases.splitlines() if line.strip())
    group.save()
    group.kinds.set(draft.kinds)
    detail = {"name": draft.name, "kinds": sorted(kind.pk for kind in draft.kinds)}
    audit.record("orgs.write_group", group, by=by, now=now, detail=detail)
    return group


@transaction.atomic
def remove_group(group: Group, *, by: Person, now: datetime) -> None:
    """Refused while a question of a form is put to this group."""
    group.kinds.clear()
    _remove(group, _("Nhóm “%(name)s” đang được biểu mẫu dùng nên không bỏ được."), "orgs.remove_group", by, now)


def _remove(one: Kind | Group, refusal: str, verb: str, by: Person, now: datetime) -> None:
    if _is_used(one):
        raise Refused(refusal % {"name": one.name})
    audit.record(verb, one, by=by, now=now, detail={"name": one.name})
    one.delete()


def _is_used(one: Kind | Group) -> bool:
    """Whether a row of any part refers to it. The parts above this one are not known here, the database knows them."""
    pointing = [field for field in one._meta.get_fields(include_hidden=True) if isinstance(field, models.ManyToOneRel)]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: one}).exists() for relation in pointing
    )


def _free_code(model: type[Kind] | type[Group], name: str) -> str:
    base = slugify(fold(name))[:30] or "loai"
    taken = set(model.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(code for code in numbered if code not in taken)
