"""People are told; they read, and say how they wish to be told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection, transaction

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
    times: int = 1  # how often it has happened


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
            times=news.times,
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


def tell_of_more(told: Iterable[tuple[News, Collection[int]]], *, now: datetime) -> None:
    """`tell_each`, of what comes often: a notice that leads to the same place, neither read nor mailed, counts it too."""
    happened: dict[tuple[int, str, str], list[News]] = defaultdict(list)
    for news, people in told:
        for person in people:
            happened[person, news.kind, news.href].append(news)
    if not happened:
        return
    known = _counted_on({place: len(all_news) for place, all_news in happened.items()}, now)
    fresh = [
        (replace(all_news[-1], times=len(all_news), unit="" if len(all_news) > 1 else all_news[-1].unit), [place[0]])
        for place, all_news in happened.items()
        if place not in known
    ]
    tell_each(fresh, now=now)


def _counted_on(more: Mapping[tuple[int, str, str], int], now: datetime) -> set[tuple[int, str, str]]:
    """The people, kinds and places whose notice now counts so many more. Rows are held in one order, whoever else counts on."""
    people, kinds, places = zip(*more, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH waiting AS (
                   SELECT n.id, more.count
                   FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::integer[]) AS more (person, kind, href, count)
                   JOIN notices_notice n ON n.person_id = more.person AND n.kind = more.kind AND n.href = more.href
                   WHERE n.read_at IS NULL AND n.mail_id IS NULL ORDER BY n.id FOR UPDATE OF n)
               UPDATE notices_notice n SET times = n.times + waiting.count, unit = '', made_at = %s
               FROM waiting WHERE n.id = waiting.id RETURNING n.person_id, n.kind, n.href""",
            [list(people), list(kinds), list(places), list(more.values()), now],
        )
        return {(person, kind, href) for person, kind, href in cursor.fetchall()}


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
