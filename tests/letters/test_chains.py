"""The letters around one letter, as a list and as a drawing."""

from itertools import pairwise

import pytest
from cast import Cast, signed_in_as
from letters_made import issued

from lachan.letters.chain_drawing import NARROW, WIDE, draw
from lachan.letters.chains import SIDE_BY_SIDE, around
from lachan.letters.models import Letter, Reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(cast: Cast) -> list[Letter]:
    """Province, district, commune; the district's letter also cites a law that is not here."""
    first = issued(cast)
    second = issued(cast, cast.district, refers_to=first)
    third = issued(cast, cast.commune, refers_to=second)
    Reference.objects.create(letter=second, doc_type="luật", symbol="24/2018/QH14", title="An ninh mạng")
    return [first, second, third]


def test_the_chain_goes_from_the_first_letter_above_to_the_last_below(chain: list[Letter]) -> None:
    found = around(chain[1])
    assert [node.title for node in found.nodes] == ["Luật 24/2018/QH14", *[str(one) for one in chain]]
    keys = [f"l{one.pk}" for one in chain]
    assert set(found.edges) == {*pairwise(keys), (found.nodes[0].key, keys[1])}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_boxes_stand_inside_the_drawing_and_apart(chain: list[Letter], width) -> None:
    drawing = draw(around(chain[1]), [one.pk for one in chain], width)
    assert all(
        box.x >= 0 and box.x + box.width <= drawing.width and box.bottom <= drawing.height for box in drawing.boxes
    )
    tops = [box.y for box in drawing.boxes]
    assert tops == sorted(tops)
    assert len(drawing.lines) == 3
    assert drawing.width <= (1010 if width is WIDE else 328)


def test_only_what_a_person_may_open_is_a_link(chain: list[Letter]) -> None:
    drawing = draw(around(chain[1]), [chain[2].pk], WIDE)
    assert {box.kind: box.href for box in drawing.boxes if box.href} == {"letter": f"/van-ban/{chain[2].pk}/"}


def test_many_letters_from_one_are_told_as_a_number(cast: Cast) -> None:
    first = issued(cast)
    many = [issued(cast, cast.district, refers_to=first) for _ in range(SIDE_BY_SIDE + 3)]
    found = around(first)
    assert [node.count for node in found.nodes if node.count] == [3]
    assert list(found.told) == many[SIDE_BY_SIDE:]


def test_the_page_draws_the_chain_with_a_constant_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:
    first = issued(cast)
    for _ in range(15):
        issued(cast, cast.district, refers_to=first)
    client = signed_in_as(cast.an)
    with django_assert_max_num_queries(29):
        page = client.get(f"/van-ban/{first.pk}/").content.decode()
    assert "chain-wide" in page
    assert "và 9 văn bản khác" in page
