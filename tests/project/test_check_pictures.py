"""`lachan check --image`, as a person and as a program use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from screenshots import a_code, saved
from test_numbers import payload

from lachan.project.cli import main


@pytest.fixture
def link(tmp_path: Path) -> str:
    file = tmp_path / "ma.png"
    file.write_bytes(saved(a_code("https://vietcombank.com.vn-xacthuc.top/dn"), "PNG", optimize=True))
    return str(file)


def test_a_person_reads_what_the_code_does_and_what_it_looks_like(link: str) -> None:
    said = CliRunner().invoke(main, ["check", "--image", link])
    assert said.exit_code == 0
    assert "Mã QR mở liên kết: https://vietcombank.com.vn-xacthuc.top/dn" in said.output
    assert "CÓ DẤU HIỆU LỪA ĐẢO" in said.output


def test_each_picture_is_a_line_for_programs(link: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"none")
    said = CliRunner().invoke(main, ["check", "--json", "--image", link, "--image", str(tmp_path / "a.png")])
    first, second = map(json.loads, said.stdout.splitlines())
    assert (first["verdict"], first["codes"][0]["kind"], second["why"]) == ("scam", "link", "no_picture")
    assert said.exit_code == 1


def test_a_picture_comes_by_standard_input_and_a_payment_is_told() -> None:
    data = saved(a_code(payload(name="NGUYEN VAN A")), "PNG", optimize=True)
    said = CliRunner().invoke(main, ["check", "--json", "--image", "-"], input=data)
    (one,) = json.loads(said.stdout)["codes"]
    assert (one["payment"]["bank"], one["payment"]["name"], one["payment"]["intact"]) == (
        "Vietcombank",
        "NGUYEN VAN A",
        True,
    )
    assert one["payment"]["sentence"].startswith("Quét mã này là chuyển 500.000 đồng tới tài khoản 0123456789")


def test_of_a_picture_without_words_nothing_is_said_but_that(tmp_path: Path) -> None:
    file = tmp_path / "trang.png"
    file.write_bytes(saved(Image.new("RGB", (300, 200), "white")))
    said = CliRunner().invoke(main, ["check", "--image", str(file)])
    assert "Không thấy chữ hay mã QR nào trong ảnh" in said.output
    assert "CHƯA THẤY" not in said.output


def test_a_payment_code_by_itself_is_a_payment_code(tmp_path: Path) -> None:
    file = tmp_path / "ma.png"
    file.write_bytes(saved(a_code(payload(name="NGUYEN VAN A")), "PNG", optimize=True))
    said = CliRunner().invoke(main, ["check", "--json", "--image", str(file)])
    assert json.loads(said.stdout)["scam_type"] in {"qr_code", None}


def test_corrected_words_are_judged(tmp_path: Path) -> None:
    file = tmp_path / "trang.png"
    file.write_bytes(saved(Image.new("RGB", (90, 90), "white"), "PNG", optimize=True))
    lure = "Tài khoản của bạn bị khóa, đăng nhập https://vietcombank.com.vn-xacthuc.top để mở lại"
    said = CliRunner().invoke(main, ["check", "--image", str(file), "--text", lure])
    assert "(không thấy chữ)" in said.output
    assert "CÓ DẤU HIỆU LỪA ĐẢO" in said.output
