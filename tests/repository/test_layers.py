"""What the linter of imports cannot see: a foreign key names its model by a string."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent


def layers() -> list[set[str]]:
    """The parts by layer, high to low, as pyproject.toml has them for the linter of imports."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    contract = next(contract for contract in contracts if contract["type"] == "layers")
    return [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]


def height(part: str) -> int:
    """Greater is higher. Raises StopIteration for a part that is in no layer."""
    return next(-place for place, layer in enumerate(layers()) if part in layer)


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("lachan.")]


def part(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_point_down_the_layers() -> None:
    pairs = {
        (model, field.name, field.related_model)
        for model in ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField | models.OneToOneField)
        and isinstance(field.related_model, type)
        and field.related_model in ours()
    }
    assert len(pairs) > 10
    up = [
        f"{model.__name__}.{name} → {target.__name__}"
        for model, name, target in pairs
        if part(model) != part(target) and height(part(model)) <= height(part(target))
    ]
    assert up == []


def test_the_folders_of_the_package_are_the_layers() -> None:
    folders = {path.parent.name for path in (ROOT / "src" / "lachan").glob("*/__init__.py")}
    assert folders <= set.union(*layers())


@pytest.mark.django_db
def test_the_tables_are_as_the_models_say(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert "No changes" in capsys.readouterr().out
