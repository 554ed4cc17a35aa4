"""The guards of tests/conftest.py hold."""

import socket

import pytest
from django.template import Origin, Template, engines

from lachan.project.settings import PACKAGE

OURS = Origin(str(PACKAGE / "portal" / "templates" / "portal" / "made_up.html"))


def template_of_ours(text: str) -> Template:
    return Template(text, origin=OURS, engine=engines["django"].engine)


def render(template: Template, **names: object) -> str:
    from django.template import Context

    return template.render(Context(names))


def test_an_undefined_variable_in_a_template_of_ours_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"made_up.html uses an undefined variable: nobody"):
        render(template_of_ours("[{{ nobody }}]"))


def test_an_undefined_attribute_in_a_template_of_ours_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"somebody.age"):
        render(template_of_ours("{{ somebody.age }}"), somebody="Hoa")


def test_a_defined_but_empty_variable_is_fine() -> None:
    assert render(template_of_ours("[{{ name }}]"), name="") == "[]"


def test_an_undefined_variable_outside_our_templates_is_empty() -> None:
    assert render(engines["django"].from_string("[{{ nobody }}]").template) == "[]"


def test_no_test_calls_the_network() -> None:
    with socket.socket() as client, pytest.raises(pytest.fail.Exception, match="called the network"):
        client.connect(("192.0.2.1", 80))
