import pytest
from django.template import engines


@pytest.mark.django_db
def test_an_undefined_variable_outside_our_templates_is_empty():
    assert engines["django"].from_string("[{{ nobody }}]").render({}) == "[]"
