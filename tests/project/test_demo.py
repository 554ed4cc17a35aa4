"""The demonstration, whole, from the command line to its three files."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from lachan.engine.layout import check_docx


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """`lachan demo --no-serve` in a folder of its own, with its embedded database: what it prints."""
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o755)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"LACHAN_VAR": str(folder / "var"), "PYTHONPATH": "src"}
    words = ["-m", "lachan.project", "demo", "--no-serve", "--json", "--out", str(folder / "out")]
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    yield told | {"out": folder / "out"}
    for cluster in (folder / "var").glob("**/postgres"):
        shutil.rmtree(cluster.resolve())  # for root it lies outside the folder


def test_more_than_a_thousand_units_take_part(played: dict[str, int]) -> None:
    assert played["units"] > 1000
    assert played["assigned"] > played["received"] > 900
    assert played["owed"] > played["reported"] > played["late"] > 0


def test_it_stays_under_a_gigabyte(played: dict[str, int]) -> None:
    assert played["memory_mb"] < 1000


def test_the_report_comes_as_word_pdf_and_excel(played: dict[str, Path]) -> None:
    files = {file.suffix: file for file in played["out"].iterdir()}
    assert files[".pdf"].read_bytes().startswith(b"%PDF-")
    assert any("BÁO CÁO" in paragraph.text for paragraph in docx.Document(str(files[".docx"])).paragraphs)
    assert "Theo đơn vị" in load_workbook(files[".xlsx"], read_only=True).sheetnames


def test_the_word_file_keeps_the_layout_of_the_decree(played: dict[str, Path]) -> None:
    assert check_docx((played["out"] / "bao-cao-tong-hop.docx").read_bytes()) == []
