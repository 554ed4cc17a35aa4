"""The `lachan` command, as programs and people call it."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from lachan.foundation import audit
from lachan.foundation.models import AuditEntry
from lachan.project import __main__, doctor, embedded, language
from lachan.project.cli import main
from lachan.project.embedded.refusal import EmbeddedRefused
from lachan.project.serving import Address, noted, noted_address

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def run_really(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LACHAN_LANG", "LANG", "LC_"))}
    command = [sys.executable, "-m", "lachan.project", *words]
    everything = kept | {"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"} | environment
    return subprocess.run(command, env=everything, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ([], {}, "vi"),
        ([], {"LANG": "C.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "en_US.UTF-8", "LACHAN_LANGUAGE": "vi"}, "vi"),
        (["--language", "en", "status"], {"LACHAN_LANGUAGE": "vi"}, "en"),
        (["--language=en"], {}, "en"),
        (["--language", "fr"], {}, "vi"),
        (["--language"], {}, "vi"),
    ],
)
def test_the_language_is_the_nearest_wish(words: list[str], environment: dict[str, str], expected: str) -> None:
    assert language.chosen(words, environment) == expected


def test_help_is_in_vietnamese_and_loads_no_framework() -> None:
    done = run_really("--help", PYTHONPROFILEIMPORTTIME="1")
    assert "Chạy trang web" in done.stdout
    assert "django.core" not in done.stderr
    assert "psycopg" not in done.stderr


@pytest.mark.skipif(not (language.LOCALE / "en" / "LC_MESSAGES" / "django.mo").exists(), reason="run `make messages`")
def test_help_is_in_english_where_asked_for() -> None:
    assert "Chạy" not in run_really("--language", "en", "up", "--help").stdout


def test_every_command_explains_itself() -> None:
    assert [name for name, command in main.commands.items() if not command.help] == []


def test_the_script_of_the_package_is_this_command() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"lachan": f"{__main__.__name__}:main"}
    assert __main__.main is main


@pytest.mark.django_db
def test_status_tells_programs_what_runs() -> None:
    done = run("status", "--json")
    found = json.loads(done.output)
    assert found["database"]["ok"] is True
    assert found["migrations"] == {"ok": True, "pending": []}
    assert found["web"] == {"ok": False, "address": None}
    assert found["worker"]["workers"] == 0
    assert found["jobs"] == {"ok": True, "waiting": 0, "running": 0, "failed": 0}
    assert done.exit_code == 1


def test_status_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    done = run_really("status", LACHAN_VAR=str(tmp_path), DATABASE_URL="")
    assert "không trả lời. Chạy `lachan up`" in done.stdout
    assert done.returncode == 1


def test_doctor_finds_this_machine_fit() -> None:
    done = run("doctor", "--json")
    found = {finding["key"]: finding for finding in json.loads(done.output)}
    assert [
        key for key, finding in found.items() if finding["needed"] and not finding["ok"] and key != "secret_key"
    ] == []


def test_doctor_names_each_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LACHAN_POSTGRES_BIN", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(settings, "DATABASE_URL", "")
    monkeypatch.setattr(settings, "SECRET_KEY", "short")
    monkeypatch.setattr(doctor, "DISK_NEEDED", 2**80)
    done = run("doctor")
    assert done.exit_code == 1
    for remedy in ("Không tìm thấy PostgreSQL", "LACHAN_SECRET_KEY", "Dọn đĩa", "apt install tesseract-ocr"):
        assert remedy in done.output


def test_doctor_sees_a_data_folder_open_to_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir(mode=0o755)
    monkeypatch.setattr(settings, "VAR", tmp_path)
    found = {finding.key: finding for finding in doctor.findings()}
    assert not found["folder"].ok
    assert str(tmp_path / "postgres") in found["folder"].found


@pytest.fixture
def trail(db: None, monkeypatch: pytest.MonkeyPatch) -> list[AuditEntry]:
    from datetime import UTC, datetime

    noon = datetime(2025, 6, 30, 12, tzinfo=UTC)
    return [audit.record("letters.step", AuditEntry(pk=1), by=None, now=noon, detail={"n": n}) for n in range(3)]


def test_audit_verify_counts_a_whole_trail(trail: list[AuditEntry]) -> None:
    done = run("audit", "verify")
    assert (done.exit_code, done.output) == (0, "Nhật ký nguyên vẹn: 3 mục.\n")


def test_audit_verify_names_the_changed_entry(trail: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=trail[1].pk).update(verb="letters.other")
    done = run("audit", "verify")
    assert (done.exit_code, done.output) == (
        1,
        f"Mục {trail[1].pk} của nhật ký đã bị sửa. 1 mục trước đó nguyên vẹn.\n",
    )


def test_audit_verify_tells_programs_of_a_cut_off_end(trail: list[AuditEntry]) -> None:
    trail[2].delete()
    done = run("audit", "verify", "--json")
    assert json.loads(done.output) == {"ok": False, "entries": 2, "fault": {"entry": None, "kind": "removed"}}
    assert done.exit_code == 1


def test_a_refusal_is_a_sentence_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise EmbeddedRefused("Không được.", "No.")

    monkeypatch.setattr(embedded, "running", refuse)
    done = run("migrate")
    assert done.exit_code == 1
    assert done.output.endswith(": Không được.\nNo.\n")
    assert "Traceback" not in done.output


def test_a_server_that_does_not_answer_is_told_with_a_remedy(tmp_path: Path) -> None:
    done = run_really("migrate", LACHAN_VAR=str(tmp_path), DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert "Cơ sở dữ liệu không trả lời. Chạy `lachan status`" in done.stderr
    assert "Traceback" not in done.stderr


def test_up_says_when_the_port_is_taken() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("up", "--port", str(port))
    assert done.exit_code == 1
    assert f"Cổng {port} đang được dùng" in done.output


def test_the_address_is_noted_while_the_site_is_up(tmp_path: Path) -> None:
    with noted(Address("0.0.0.0", 8000), tmp_path):  # noqa: S104
        address = noted_address(tmp_path)
    assert address is not None
    assert address.url == "http://127.0.0.1:8000/"
    assert noted_address(tmp_path) is None
