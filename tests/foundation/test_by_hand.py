"""What is written by hand comes out as what the ORM writes."""

from datetime import timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from django.db import IntegrityError

from lachan.foundation import by_hand
from lachan.notices.models import Kind, Notice, Way

WORDS = 'Xã "Gò Cao"\n\\ %s 🙂 \u2028'


def notice(cast: Cast, key: str, **more: Any) -> Notice:
    kept = {"text": WORDS, "values": {"n": 12, "x": [1.5, None, "ờ"]}, "way": Way.PAGE, "made_at": NOW} | more
    return Notice(person=cast.chi, kind=Kind.GIVEN, href="/", key=key, **kept)


def test_every_value_comes_back_as_it_was(cast: Cast) -> None:
    rows = [notice(cast, "a"), notice(cast, "b", due_at=NOW + timedelta(microseconds=7), times=3)]
    by_hand.insert(rows)
    for row in rows:
        known = Notice.objects.get(pk=row.pk)
        for field in Notice._meta.concrete_fields:
            assert getattr(known, field.attname) == getattr(row, field.attname)


def test_rows_beyond_one_query_keep_their_order(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_hand, "MOST", 2)
    rows = [notice(cast, f"{n}") for n in range(5)]
    by_hand.insert(rows)
    assert dict(Notice.objects.values_list("pk", "key")) == {row.pk: row.key for row in rows}


def test_what_stands_there_is_refused_or_passed_over(cast: Cast) -> None:
    by_hand.insert([notice(cast, "a")])
    by_hand.insert([notice(cast, "a", times=9), notice(cast, "b")], or_leave=True)
    assert dict(Notice.objects.values_list("key", "times")) == {"a": 1, "b": 1}
    with pytest.raises(IntegrityError):
        by_hand.insert([notice(cast, "a")])


def test_a_prepared_question_sees_what_has_changed_since(cast: Cast) -> None:
    query = "SELECT name, joined_at FROM orgs_person WHERE id = %s"
    first = by_hand.asked(query, [cast.chi.pk])
    assert first == [(cast.chi.name, cast.chi.joined_at)]
    type(cast.chi).objects.filter(pk=cast.chi.pk).update(name="Chi khác")
    assert [by_hand.asked(query, [cast.chi.pk])[0][0] for _again in range(8)] == ["Chi khác"] * 8
