"""What a province does once."""

import pytest
from click.testing import CliRunner, Result

from lachan.orgs.models import Grant, Person, Role, UnitVersion
from lachan.project import preparing
from lachan.project.first_steps import begin

pytestmark = pytest.mark.django_db

WORDS = ["--email", "khoi@songlam.example", "--name", "Mai Đức Khôi", "--password", "một câu dài để vào"]


@pytest.fixture(autouse=True)
def _tables_are_there(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.DATABASE_URL = "the test's own"  # type: ignore[attr-defined]
    monkeypatch.setattr(preparing, "migrate", lambda: 0)


def start(code: str) -> Result:
    return CliRunner().invoke(begin, [code, *WORDS])


def test_a_province_has_its_units_and_an_operator_who_can_sign_in() -> None:
    result = start("38")
    assert result.exit_code == 0, result.output
    operator = Person.objects.get(email="khoi@songlam.example")
    assert operator.check_password(WORDS[-1])
    assert {grant.role for grant in Grant.objects.filter(person=operator)} == {Role.OPERATOR, Role.COORDINATOR}
    assert UnitVersion.objects.filter(name="Tỉnh Thanh Hóa").exists()


def test_beginning_twice_changes_nothing() -> None:
    start("38")
    before = (UnitVersion.objects.count(), Grant.objects.count())
    assert start("38").exit_code == 0
    assert (UnitVersion.objects.count(), Grant.objects.count()) == before


def test_an_unknown_province_is_refused_with_a_sentence() -> None:
    assert "Không có tỉnh, thành phố nào mang mã “99”" in str(start("99").exception)
