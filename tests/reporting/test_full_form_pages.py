"""The pages of a return whose form has chapters, a table with sums and a list."""

import pytest
from cast import NOW, signed_in_as
from scenes import Scene, with_a_full_form

from lachan.reporting.actions import returns
from lachan.reporting.models import Return


@pytest.fixture
def version(scene: Scene) -> Return:
    owed = with_a_full_form(scene).owed(scene.cast.commune)
    typed = {one.key: "1.250" for one in owed.asked() if one.is_number}
    typed |= {one.key: "Lớp 1 | 20\nLớp 2 | 1.030" for one in owed.asked() if one.is_list}
    return returns.submit(owed, typed=typed, request_key="a", by=scene.officer, now=NOW)


def test_a_version_shows_tables_with_their_sums_and_lists_row_by_row(scene: Scene, version: Return) -> None:
    page = signed_in_as(scene.head).get(version.get_absolute_url()).content.decode()
    for words in ("II. Theo đối tượng", "Phụ nữ", "5.000", "Lớp 2", "1.030"):
        assert words in page


def test_the_form_shows_sums_of_what_stands_in_it(scene: Scene, version: Return) -> None:
    page = signed_in_as(scene.officer).get(f"/bao-cao/{version.obligation_id}/?sua=1").content.decode()
    assert '<output class="column-sum">5.000</output>' in page
