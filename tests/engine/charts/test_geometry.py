"""Laws of the charts' geometry."""

import itertools
import math
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.charts import Box, Scale, apart, fit, place, running_total, spread, stack, thinned, ticks

counts = st.integers(0, 10**7)
places = st.lists(st.tuples(st.floats(102, 118), st.floats(8, 24)), min_size=1, max_size=30)


@given(counts, st.integers(2, 8))
def test_ticks_are_round_begin_at_zero_and_end_at_the_first_not_under_the_highest(high: int, about: int) -> None:
    found = ticks(high, about)
    steps = {after - before for before, after in itertools.pairwise(found)}
    assert found[0] == 0
    assert found[-1] >= high > found[-2] or (high == 0 and len(found) == 2)
    assert len(steps) == 1
    assert str(steps.pop()).rstrip("0") in {"1", "2", "5"}
    assert len(found) <= about + 1


@given(st.lists(counts, max_size=6))
def test_parts_of_a_bar_follow_one_another_and_are_as_long_as_their_counts_say(parts: list[int]) -> None:
    whole = sum(parts) or 1
    scale = Scale(0, whole, 0, 100)
    at = 0.0
    for segment, count in zip(stack(parts, scale), parts, strict=True):
        assert abs(segment.start - at) < 1e-6
        assert abs(segment.length - 100 * count / whole) < 1e-6
        at += segment.length


@given(places, st.floats(50, 900), st.floats(50, 900))
def test_a_fitted_map_keeps_every_place_in_its_box(
    known: list[tuple[float, float]], width: float, height: float
) -> None:
    projection = fit(known, width, height, margin=10)
    for lon, lat in known:
        x, y = projection(lon, lat)
        assert 9.99 <= x <= width - 9.99
        assert 9.99 <= y <= height - 9.99


@given(places)
def test_a_map_has_north_above_and_east_to_the_right(known: list[tuple[float, float]]) -> None:
    projection = fit(known, 400, 400)
    (x, y), (further_east, further_north) = projection(105, 15), projection(106, 16)
    assert further_east > x
    assert further_north < y


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300), st.text("abc", min_size=1, max_size=12)), max_size=40))
def test_no_label_lies_over_another_or_outside(wanted: list[tuple[float, float, str]]) -> None:
    frame = Box(0, 0, 300, 300)
    boxes = [label.box for label in place(wanted, size=12, gap=6, frame=frame)]
    assert all(box.inside(frame) for box in boxes)
    assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])


def test_the_label_wanted_first_gets_the_room() -> None:
    placed = place([(50, 50, "a"), (50, 50, "b" * 100)], size=12, gap=6, frame=Box(0, 0, 100, 100))
    assert [label.text for label in placed] == ["a"]


@given(st.dictionaries(st.dates(date(2025, 1, 1), date(2025, 3, 1)), st.integers(0, 50), max_size=30))
def test_a_running_total_never_falls_and_ends_with_all_that_came(by_day: dict[date, int]) -> None:
    line = running_total(by_day, date(2025, 1, 20), date(2025, 3, 1))
    assert [day.day for day in line] == [date(2025, 1, 20) + timedelta(days=n) for n in range(41)]
    assert all(after.total >= before.total for before, after in itertools.pairwise(line))
    assert line[-1].total == sum(by_day.values())


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=50), st.floats(0, 20))
def test_a_thinned_line_keeps_its_first_point_and_no_two_neighbours_too_near(
    line: list[tuple[float, float]], least: float
) -> None:
    kept = thinned(line, least)
    assert kept[0] == line[0]
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= least**2 - 1e-9 for a, b in itertools.pairwise(kept))


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_labels_at_the_ends_of_lines_keep_their_distance_and_their_order(heights: list[float]) -> None:
    placed = spread(heights, 14, 300)
    pairs = sorted(zip(placed, heights, strict=True))
    assert max(placed) <= 300
    assert all(after[0] - before[0] >= 13.99 for before, after in itertools.pairwise(pairs))
    assert [height for _, height in pairs] == sorted(heights)


@given(st.lists(st.sampled_from([(10.0, 10.0), (80.0, 20.0), (50.0, 50.0)]), max_size=40))
def test_points_on_one_spot_come_to_lie_apart(points: list[tuple[float, float]]) -> None:
    moved = apart(points, 9)
    first_of_each = {point: moved[points.index(point)] for point in points}
    assert all(math.dist(point, place) < 1e-9 for point, place in first_of_each.items())
    for point in first_of_each:
        around = [place for place, before in zip(moved, points, strict=True) if before == point]
        assert all(math.dist(a, b) > 6 for a, b in itertools.combinations(around, 2))
