"""People are told; they read, and say how they wish to be told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from lachan.notices.models import BY_DEFAULT, Kind, Notice, Preference, Way


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


@transaction.atomic
def tell_each(told: Iterable[tuple[News, Collection[int]]], *, now: datetime) -> set[int]:
    """`tell` for many pieces of news at once, in a fixed number of queries."""
    told = list(told)
    everybody = {person for _news, people in told for person in people}
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
            way=ways.get((person, news.kind), BY_DEFAULT.get(news.kind, Way.AT_ONCE)),
            made_at=now,
        )
        for news, people in told
        for person in dict.fromkeys(people)
    ]
    made = [one for one in made if one.way != Way.OFF]
    Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return {one.person_id for one in made}
