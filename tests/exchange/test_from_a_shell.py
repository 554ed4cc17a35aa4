"""`lachan package` and `lachan exchange-simulator` as people and scripts call them: processes of their own, a real database."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from cast import assemble
from installations import Installation, installed
from made import known_to, package_from, report_sent_up
from scenes import Scene, set_up

from lachan.engine import packages
from lachan.exchange import own_key
from lachan.exchange.axis import Exchange
from lachan.exchange.models import TakenPackage
from lachan.reporting.models import Obligation

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parent.parent.parent / "src"


def begun(*words: str, **environment: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LACHAN_LANG", "LANG", "LC_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "lachan.project", *words],
        env=kept | {"PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass
class Shell:
    """A shell on a machine where an installation runs."""

    it: Installation
    scene: Scene

    def run(self, *words: str) -> tuple[int, str]:
        """The exit code, and what was said."""
        of = self.it.database.get_connection_params()
        place = f"{quote(str(of['user']))}@{quote(str(of['host']), safe='')}:{of.get('port', 5432)}/{quote(str(of['dbname']))}"
        folder = self.it.folder
        process = begun(
            *words,
            DATABASE_URL=f"postgres://{place}",
            LACHAN_VAR=str(folder),
            LACHAN_PACKAGE_KEY=str(folder / "key.pem"),
        )
        said, trouble = process.communicate()
        return process.returncode, said + trouble


@pytest.fixture(scope="module")
def shell(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Where the department works; education has an installation of its own and is known."""
    with django_db_blocker.unblock(), installed("shell", tmp_path_factory.mktemp("shell")) as it:
        with it.open():
            scene = set_up(assemble())
            known_to(scene.campaign.owner, scene.cast.education, by=scene.coordinator)
        yield Shell(it, scene)


def from_education(shell: Shell, path: Path) -> Path:
    scene = shell.scene
    with shell.it.open():
        path.write_bytes(package_from(scene.cast.education, scene.campaign.owner, scene.campaign, [12, 3, None]))
    return path


def test_a_package_is_imported(shell: Shell, tmp_path: Path) -> None:
    file, receipt, by = from_education(shell, tmp_path / "goi.zip"), tmp_path / "r.zip", shell.scene.coordinator.email
    code, said = shell.run("package", "import", str(file), "--unit", "99-STTTT", "--receipt", str(receipt), "--by", by)
    assert (code, said.startswith("Đã nhập: Báo cáo 12/BC-UBND")) == (0, True)
    assert packages.open_package(receipt.read_bytes()).manifest.kind == packages.Kind.RECEIPT
    with shell.it.open():
        assert TakenPackage.objects.get().version == Obligation.objects.get(unit=shell.scene.cast.education).counted


def test_a_changed_package_is_refused_in_a_sentence(shell: Shell, tmp_path: Path) -> None:
    file = from_education(shell, tmp_path / "goi.zip")
    file.write_bytes(file.read_bytes()[:-40])
    code, said = shell.run("package", "verify", str(file), "--unit", "99-STTTT")
    assert (code, "Gói bị hỏng" in said, "Traceback" in said) == (1, True, False)


def test_a_report_is_exported_for_a_partner(shell: Shell, tmp_path: Path) -> None:
    file, scene = tmp_path / "goi.zip", shell.scene
    with shell.it.open():
        report, own = report_sent_up(scene), own_key.public_key()
        known_to(scene.campaign.owner, scene.cast.press, by=scene.coordinator)
    code, said = shell.run(
        "package", "export", str(report.pk), str(file), "--to", "99-BAO", "--by", scene.coordinator.email
    )
    assert (code, "Đã ghi gói lần 1 cho Báo Sông Lam" in said) == (0, True)
    assert packages.open_package(file.read_bytes()).is_signed_by(own)


def test_the_simulator_answers_until_it_is_stopped() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with begun("exchange-simulator", "--port", str(port)) as process:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        assert Exchange(f"http://127.0.0.1:{port}").waiting("H99") == []
        process.send_signal(signal.SIGINT)
        said, trouble = process.communicate(timeout=60)
    assert (process.returncode, said, trouble) == (0, "Đã dừng.\n", "")
