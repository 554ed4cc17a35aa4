from collections import defaultdict
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.similar.groups import Contradicts, Groups

MEMBERS = 9
member = st.integers(0, MEMBERS - 1)
some = st.frozensets(member, min_size=1, max_size=3)
step = st.one_of(
    st.tuples(st.just("join"), member, member),
    st.tuples(st.just("tie"), member, member),
    st.tuples(st.just("part"), some, some),
    st.tuples(st.just("part from all"), some, st.just(frozenset())),
)
steps = st.lists(step, max_size=40)


def new_groups() -> Groups:
    groups = Groups()
    for _member in range(MEMBERS):
        groups.arrive(groups.new())
    return groups


def follow(groups: Groups, taken: list[tuple]) -> tuple[list, list]:
    """The ties and partings that were not refused, as pairs."""
    ties, partings = [], []
    for what, one, other in taken:
        with suppress(Contradicts):
            if what == "join":
                groups.join(one, other)
            elif what == "tie":
                groups.tie(one, other)
                ties.append((one, other))
            else:
                around = {mate for mine in one for mate in groups.members(groups.group[mine])}
                groups.part(one, other)
                kept = other or {mate for mate in around if groups.group[mate] not in {groups.group[m] for m in one}}
                partings += [(mine, theirs) for mine in one for theirs in kept]
    return ties, partings


@given(steps)
def test_what_a_person_tied_is_never_undone(taken) -> None:
    groups = new_groups()
    ties, _ = follow(groups, taken)
    assert all(groups.group[one] == groups.group[other] for one, other in ties)


@given(steps)
def test_what_a_person_parted_is_never_joined(taken) -> None:
    groups = new_groups()
    _, partings = follow(groups, taken)
    assert all(groups.group[one] != groups.group[other] for one, other in partings)


@given(steps)
def test_every_member_is_listed_in_its_group_and_counted(taken) -> None:
    groups = new_groups()
    follow(groups, taken)
    listed = defaultdict(set)
    for one in range(MEMBERS):
        listed[groups.group[one]].add(one)
    assert {group: set(groups.members(group)) for group in listed} == listed
    assert {group: groups.size(group) for group in listed} == {group: len(those) for group, those in listed.items()}


@given(steps, steps)
def test_groups_go_on_from_their_state_as_if_never_put_away(before, after) -> None:
    kept = new_groups()
    follow(kept, before)
    loaded = Groups.load(kept.state())
    follow(kept, after)
    follow(loaded, after)
    assert loaded.state() == kept.state()


@given(st.lists(st.tuples(member, member)), st.randoms())
def test_the_order_of_joining_changes_nothing(pairs, random) -> None:
    one, other = new_groups(), new_groups()
    for a, b in pairs:
        one.join(a, b)
    for a, b in random.sample(pairs, len(pairs)):
        other.join(a, b)
    assert partition(one) == partition(other)


def partition(groups: Groups) -> set[frozenset[int]]:
    return {frozenset(groups.members(group)) for group in groups.group}


def test_what_the_machine_joined_gives_way_to_a_tie() -> None:
    groups = new_groups()
    groups.part([0], [1])
    groups.join(0, 2)
    groups.join(1, 3)
    groups.tie(2, 3)
    assert groups.group[2] == groups.group[3]
    assert groups.group[0] != groups.group[1]


def test_a_tie_against_a_parting_is_refused_and_changes_nothing() -> None:
    groups = new_groups()
    groups.part([0], [1])
    groups.tie(1, 2)
    before = groups.state()
    with pytest.raises(Contradicts):
        groups.tie(0, 2)
    assert groups.state() == before


def test_a_parting_against_a_tie_is_refused_and_changes_nothing() -> None:
    groups = new_groups()
    groups.tie(0, 1)
    before = groups.state()
    with pytest.raises(Contradicts):
        groups.part([0], [1])
    assert groups.state() == before


def test_whoever_joins_those_left_behind_may_still_join_those_who_left() -> None:
    groups = new_groups()
    groups.join(0, 1)
    groups.part([0])
    groups.join(1, 2)
    assert not groups.join(0, 2)
    assert groups.join(0, 3)
