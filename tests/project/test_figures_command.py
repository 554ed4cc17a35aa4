"""`lachan figures export` on the command line."""

import csv
from contextlib import nullcontext
from pathlib import Path

import pytest
from cascades import a_campaign, of, passed_on
from cast import Cast
from click.testing import CliRunner, Result

from lachan.campaigns.models import Campaign
from lachan.project import embedded
from lachan.project.figures_command import figures


@pytest.fixture
def campaign(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    monkeypatch.setattr(embedded, "running", nullcontext)  # the tests' own database runs already
    made = a_campaign(cast.department, [cast.district, cast.press], by=cast.an)
    passed_on(of(cast.district, made), [cast.commune], by=cast.binh)
    return made


def run(*words: object) -> Result:
    return CliRunner().invoke(figures, ["export", *map(str, words)])


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_the_units_are_written_to_the_file(campaign: Campaign, tmp_path: Path) -> None:
    done = run(campaign.pk, tmp_path / "out.csv")
    assert done.exit_code == 0, done.output
    assert sorted(row[1] for row in rows(tmp_path / "out.csv")[1:]) == ["99-BAO", "991", "99101"]
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_one_branch_is_written_by_its_code(campaign: Campaign, tmp_path: Path) -> None:
    run(campaign.pk, tmp_path / "out.csv", "--unit", "991")
    assert [row[1] for row in rows(tmp_path / "out.csv")[1:]] == ["991", "99101"]


def test_what_there_is_not_is_told(campaign: Campaign, tmp_path: Path) -> None:
    assert f"{campaign.pk}  {campaign.name}" in run(campaign.pk + 1, tmp_path / "out.csv").output
    assert "99999" in run(campaign.pk, tmp_path / "out.csv", "--unit", "99999").output
    assert run(campaign.pk, tmp_path / "out.exe").exit_code == 2
    assert list(tmp_path.iterdir()) == []
