"""Each person is told a thing once, in the way they wish."""

from cast import NOW, Cast
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from lachan.notices.actions import News, read, tell, tell_each, tell_of_more
from lachan.notices.models import Kind, Notice, Preference, Way


def news(key: str = "given:1", kind: Kind = Kind.GIVEN) -> News:
    return News(kind, "Đơn vị được giao việc", "/giao-viec/1/", key, unit="Xã Gò Cao")


def test_the_same_key_is_told_once_to_each_person(cast: Cast) -> None:
    tell([cast.chi.pk], news(), now=NOW)
    tell([cast.chi.pk, cast.binh.pk], news(), now=NOW)
    assert sorted(Notice.objects.values_list("person__name", flat=True)) == ["Bình", "Chi"]


def test_what_somebody_switched_off_does_not_reach_them(cast: Cast) -> None:
    Preference.objects.create(person=cast.chi, kind=Kind.GIVEN, way=Way.OFF)
    assert tell([cast.chi.pk, cast.binh.pk], news(), now=NOW) == {cast.binh.pk}
    assert list(Notice.objects.values_list("person__name", flat=True)) == ["Bình"]


def test_a_kind_goes_by_its_default_until_the_person_chooses(cast: Cast) -> None:
    Preference.objects.create(person=cast.binh, kind=Kind.ARRIVED, way=Way.AT_ONCE)
    tell([cast.chi.pk, cast.binh.pk], news(kind=Kind.ARRIVED), now=NOW)
    assert dict(Notice.objects.values_list("person__name", "way")) == {"Chi": Way.DIGEST, "Bình": Way.AT_ONCE}


def test_the_words_are_in_the_language_of_the_page(cast: Cast) -> None:
    tell([cast.chi.pk], news(), now=NOW)
    with translation.override("en"):
        assert Notice.objects.get().words == "Work given to the unit"


def test_many_are_told_in_as_many_queries_as_few(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = [cast.an.pk, cast.binh.pk, cast.chi.pk, cast.dung.pk]
    with django_assert_num_queries(2):  # what they wish, and the notices
        tell_each([(news(f"given:{n}"), people) for n in range(100)], now=NOW)
    assert Notice.objects.count() == 400


def test_what_comes_often_is_counted_until_it_is_read(cast: Cast) -> None:
    chi = [cast.chi.pk]
    for key in ("a", "b", "c"):
        tell_of_more([(news(key), chi)], now=NOW)
    [first] = Notice.objects.all()
    read(cast.chi, [first.pk], now=NOW)
    tell_of_more([(news("d"), chi)], now=NOW)
    assert list(Notice.objects.order_by("pk").values_list("times", "read_at")) == [(3, NOW), (1, None)]


def test_what_comes_often_is_counted_for_many_in_as_many_queries_as_for_few(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [cast.an.pk, cast.binh.pk, cast.chi.pk]
    tell_of_more([(news("before"), [cast.an.pk])], now=NOW)
    with django_assert_num_queries(3):  # what is counted on, what the others wish, and their notices
        tell_of_more([(news(f"one of many {n}"), people) for n in range(20)], now=NOW)
    assert dict(Notice.objects.values_list("person", "times")) == dict(zip(people, (21, 20, 20), strict=True))
