"""People are told; they read, and say how they wish to be told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lachan.foundation import audit
from lachan.foundation.by_hand import insert
from lachan.notices.models import Kind, Notice, Preference, Way, default_way
from lachan.orgs.models import Person


@dataclass(frozen=True)
class News:
    """What people are told.

    `text` is the Vietnamese sentence, marked by `gettext_noop`, with `%(name)s` for `values`. `key` names what it tells: nobody
    is told the same key twice. `href` leads to where something can be done about it.
    """

    kind: Kind
    text: str
    href: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    campaign: str = ""
    due_at: datetime | None = None
    remark: str = ""


def tell(people: Collection[int], news: News, *, now: datetime) -> set[int]:
    """Puts the news before `people` (keys of persons), each in their own way. Gives those who get it: not who switched it off."""
    return tell_each([(news, people)], now=now)


def tell_each(told: Iterable[tuple[News, Collection[int]]], *, now: datetime) -> set[int]:
    """`tell` for many pieces of news at once, in a fixed number of queries."""
    told = list(told)
    everybody = {person for _news, people in told for person in people}
    if not everybody:
        return set()
    kinds = {news.kind for news, _people in told}
    chosen = Preference.objects.filter(person__in=everybody, kind__in=kinds)
    ways = {(one.person_id, one.kind): Way(one.way) for one in chosen}
    made = [
        Notice(
            person_id=person,
            kind=news.kind,
            text=news.text,
            values=dict(news.values),
            unit=news.unit,
            campaign=news.campaign,
            due_at=news.due_at,
            remark=news.remark,
            href=news.href,
            key=news.key,
            way=ways.get((person, news.kind), default_way(news.kind)),
            made_at=now,
        )
        for news, people in told
        for person in dict.fromkeys(people)
    ]
    made = [one for one in made if one.way != Way.OFF]
    insert(made, or_leave=True)
    return {one.person_id for one in made}


def tell_of_more(people: Collection[int], news: News, count: int, *, now: datetime) -> set[int]:
    """`tell`, of what comes often: in a notice that leads to the same place, neither read nor mailed, `count` more are counted."""
    waiting = Notice.objects.filter(person__in=people, kind=news.kind, href=news.href, read_at=None, mail=None)
    told = set(waiting.select_for_update().values_list("person_id", flat=True))
    waiting.update(times=F("times") + count, unit="", made_at=now)
    new = tell(set(people) - told, news, now=now)
    if count > 1:
        Notice.objects.filter(person__in=new, key=news.key).update(times=count, unit="")
    return told | new


def read(person: Person, notices: Collection[int], *, now: datetime) -> int:
    """`person` has read these notices of theirs. Gives how many had not been read."""
    return Notice.objects.filter(person=person, pk__in=notices, read_at=None).update(read_at=now)


def read_up_to(person: Person, newest: int, drawn_at: datetime, *, now: datetime) -> int:
    """The same for all up to the notice `newest` as they stood at `drawn_at`; what came or was counted on later stays unread."""
    seen = Notice.objects.filter(person=person, pk__lte=newest, made_at__lte=drawn_at, read_at=None)
    return seen.update(read_at=now)


def ways_of(person: Person) -> dict[Kind, Way]:
    """How each kind reaches `person`."""
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "way"))
    return {kind: Way(chosen.get(kind, default_way(kind))) for kind in Kind}


@transaction.atomic
def choose(person: Person, ways: Mapping[Kind, Way], *, now: datetime) -> None:
    """From now on each kind named reaches `person` in the way named. What was told before stays as it was."""
    Preference.objects.bulk_create(
        [Preference(person=person, kind=kind, way=way) for kind, way in ways.items()],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["way"],
    )
    audit.record("notices.choose", person, by=person, now=now, detail={"ways": dict(ways)})


@transaction.atomic
def stop_mail(person: Person, kinds: Collection[Kind], *, now: datetime) -> None:
    """No mail about these kinds any more; they still stand in the page unless they were switched off. Twice changes nothing."""
    ways = ways_of(person)
    choose(person, {kind: Way.PAGE for kind in kinds if ways[kind] in (Way.AT_ONCE, Way.DIGEST)}, now=now)
    waiting = Notice.objects.filter(person=person, kind__in=kinds, mail=None, way__in=[Way.AT_ONCE, Way.DIGEST])
    waiting.update(way=Way.PAGE)
