"""The knowledge files are whole, and the linter finds what would be wrong with them."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lachan.engine.scams import knowledge
from lachan.engine.scams.knowledge.patterns import BadPattern, Gap, OneOf, read
from lachan.engine.scams.lint import counts, problems
from lachan.engine.scams.lint.unmatched import always_barred


def test_the_knowledge_has_no_problem() -> None:
    assert problems() == []


def test_every_file_can_be_loaded() -> None:
    everything: list[Callable[[], object]] = [
        knowledge.types,
        knowledge.signs,
        knowledge.official,
        knowledge.senders,
        knowledge.brands,
        knowledge.shorteners,
        knowledge.free_hosts,
        knowledge.endings,
        knowledge.hotlines,
        knowledge.banks,
        knowledge.reported,
    ]
    assert all(load() for load in everything)


def test_importing_the_knowledge_reads_no_file() -> None:
    script = (
        "import pathlib, builtins, sys\n"
        "import lachan.engine.scams.knowledge as k\n"
        "assert all(f.cache_info().currsize == 0 for f in (k.types, k.signs, k.official, k.reported))\n"
        "assert 'django' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_each_entry_is_counted_with_its_source() -> None:
    assert all(0 <= one.with_source <= one.entries for one in counts())


def test_the_knowledge_is_broad() -> None:
    with_advice_on_all_forms = {number for one in knowledge.types().values() for number in one.handbook}
    assert with_advice_on_all_forms == set(range(1, 25))
    assert {code for one in knowledge.signs().values() for code in one.types} == set(knowledge.types())
    assert len(knowledge.signs()) >= 120
    assert len(knowledge.official()) >= 300


def test_what_a_warning_says_bars_every_sign_but_the_genuine() -> None:
    signs = [one for one in knowledge.signs().values() if one.patterns]
    warned = set(knowledge.warned())
    assert len(warned) >= 10
    assert all(warned <= set(one.excluded_by) for one in signs if one.role not in {"genuine", "form"})
    assert not any(warned & set(one.excluded_by) for one in signs if one.role == "genuine")


def test_a_pattern_is_read_as_places() -> None:
    lists = {"police": ["công an", "tòa án"]}
    assert read("xưng *3 {police}|cảnh_sát tiền|<money>", lists) == (
        OneOf((("xưng",),)),
        Gap(3),
        OneOf((("công", "an"), ("tòa", "án"), ("cảnh", "sát"))),
        OneOf((("tiền",),), ("money",)),
    )


@pytest.mark.parametrize("pattern", ["", "*3 a", "a *9 b", "a <thing>", "{nobody}", "a|", "a.b", "*x", "a *2"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        read(pattern, {})


WRONG = [
    ("official.csv", "vietcombank.com.vn,", "Vietcombank.com.vn,", "tên miền viết thường"),
    ("official.csv", "Vietcombank,bank", "Vietcombank,bnk", "kind “bnk” không có"),
    ("brands.csv", "Vietcombank,vietcombank.com.vn", "Vietcombank,vietcombank.xyz", "không có trong official.csv"),
    ("banks.csv", "970436", "97043", "bin có 6 chữ số"),
    ("hotlines.csv", "\n113,", "\nMột,", "chữ số"),
    ("types.toml", 'code = "fake_authority_call"', 'code = "other_call"', "không có hình thức fake_authority_call"),
    ("signs.toml", 'role = "claim"', 'role = "clam"', "role phải là"),
    ("signs.toml", "{police}", "{polis}", "không có danh sách từ này"),
    ("signs.toml", "[[sign]]", "[[sign]", "không đọc được"),
    ("schemes.toml", 'type = "', 'type = "no_', "không có hình thức no_"),
    ("schemes.toml", "\nqr = [", "\nqrs = [", "ý không có trong ideas: qr"),
    ("schemes.toml", "{police}", "{polis}", "không có danh sách từ này"),
    ("schemes.toml", "\nweight = 3", "\nweight = 9", "weight từ trên 0 đến 6"),
    ("reported.csv", "hostsvn-threat.txt", "none.txt", "danh sách không có hoặc rỗng"),
    ("shorteners.csv", "\nbit.ly,", "\nvietcombank.com.vn,", "tên miền chính thức"),
    ("official.csv", "\nvcb.com.vn,", "\nvietcombank.com.vn,", "đã có ở dòng trên"),
    ("official.csv", "\nvcb.com.vn,", "\ncom.vn,", "là một đuôi"),
    ("official.csv", "\nvcb.com.vn,", "\nvcb.con.vnn,", "có đuôi .vnn không có thật"),
    ("official.csv", "\nvcb.com.vn,", "\nvcb.github.io,", "ai cũng lập được trang"),
    ("official.csv", "\nmof.gov.vn,", "\nmof.com.vn,", "của bộ hoặc tỉnh"),
    ("official.csv", ",1900545413,", ",1900 545 413,", "hotlines: “1900 545 413”"),
    ("official.csv", "\ncsgt.vn,", "\ncsgt.com,", "không có đuôi .vn"),
    ("hotlines.csv", "\n115,Cấp cứu,cấp cứu,", "\n113,Công an,trình báo khẩn cấp,", "đã có ở dòng trên"),
    ("shorteners.csv", "\nbit.ly,", "\nbit.lyy,", "đuôi không có thật"),
    ("endings.csv", "\nxyz,", "\nxyzz,", "không có thật"),
    ("signs.toml", 'code = "claims_tax"', 'code = "claims_officer"', "đã có ở dòng trên"),
    ("signs.toml", 'types = ["tax_fake", ', 'types = ["taks_fake", ', "không có hình thức taks_fake"),
    ("signs.toml", 'source = "https', 'source = "đâu đó, htps', "source là địa chỉ"),
    ("signs.toml", 'source = "https', 'sources = "https', "thiếu source"),
    ("signs.toml", "\nverified_on = 20", '\nverified_on = "20', "không đọc được"),
    ("signs.toml", "\nexcluded_by = [", "\nexcluded = [", "không có ô tên excluded"),
    ("types.toml", "\nhandbook = [", "\nhandbook = 9 # [", "handbook phải là danh sách"),
    ("schemes.toml", "\nweight = 3.2", '\nweight = "3.2"', "weight phải là số"),
    ("shorteners.csv", ",rút gọn liên kết,https", ",rút gọn liên kết,", "source là địa chỉ"),
    ("shorteners.csv", "\nbit.ly,rút gọn liên kết,", "\nbit.ly,rút gọn liên kết,,", "thừa hoặc thiếu ô"),
    ("schemes.toml", "\nqr = [", '\nqr = ["za1o", ', "máy đọc là “zalo”"),
    ("schemes.toml", '"miss_call & ring_cost & !', '"miss_call & ring_cost & !ring_cost|', "vừa cần vừa cấm"),
    (
        "signs.toml",
        '"dung_lượng|lưu_lượng *4 data|gb|mb",\n',
        '"soạn|nhắn *6 gửi|gởi|tới|đến|toi *1 <dear>"',
        "luôn bị",
    ),
    ("official.csv", "vietcombank.com.vn,", "www.vietcombank.com.vn,", "không www."),
    (
        "official.csv",
        "vietcombank.com.vn,",
        "0088shop.com,",
        "có trong danh sách bị báo cáo reported/hostsvn-threat.txt",
    ),
    ("official.csv", "Vietcombank;VCB,", "Ngân hàng Việt;VCB,", "không phải tên gửi"),
    ("official.csv", "domain,body,", "body;domain,", "hàng đầu phải là domain,body,kind"),
    ("official.csv", ",Vietcombank;VCB,", ',"Vietcombank;VCB,', "mở ra mà không đóng"),
    ("brands.csv", "Viettin bank;", "Tiền;", "“tien” là từ ai cũng viết"),
    ("hotlines.csv", "LD ({number})", "LD ({numbr})", "syntax chỉ có {number}"),
    ("shorteners.csv", "\nbit.ly,", "\ncom.vn,", "mọi trang có đuôi này"),
    ("shorteners.csv", "\nbit.ly,", "\nmy.vietcombank.com.vn,", "nằm dưới một tên như vậy"),
    ("reported/hostsvn-threat.txt", "0088shop.com", "my.bidv.com.vn", "nằm dưới tên miền chính thức bidv.com.vn"),
    ("reported/hostsvn-threat.txt", "0088shop.com", "https://0088shop.com/a", "mỗi dòng chỉ ghi một tên miền"),
    ("types.toml", '"report"]', '"reprot"]', "advice gọi bước “reprot” không có"),
    ("types.toml", "handbook = [7]", 'handbook = ["7"]', "handbook là các số từ 1 đến 24"),
    ("types.toml", 'no_otp = { vi = "', 'no_otp = { vn = "', "no_otp: mỗi bước có đủ vi và en"),
    ("signs.toml", "\nverified_on = 2", "\nverified_on = 12/11/2", "Ngày viết năm-tháng-ngày"),
    ("signs.toml", "\nweight = 1.", "\nweight = 1,", "Số lẻ viết bằng dấu chấm"),
    ("signs.toml", 'role = "claim"', "role = “claim”", "Dùng dấu nháy thẳng"),
    ("signs.toml", 'role = "claim"', "role = claim", "Chữ đặt trong dấu nháy"),
    ("signs.toml", 'role = "claim"', 'role: "claim"', "Giữa tên ô và nội dung là dấu ="),
    ("signs.toml", "[[sign]]", "[sign]", "hai lớp ngoặc vuông"),
    ("signs.toml", "[[sign]]", "[[signs]]", "không có phần tên signs"),
    ("signs.toml", "[[sign]]", "<<<<<<< HEAD", "dấu vết trộn tệp"),
    ("signs.toml", "\nrole =", "\ncode =", "Ô này đã viết rồi"),
    ("signs.toml", "[lists]\n", '[lists]\nwater = "nước"\n', "water: viết một danh sách chữ"),
    ("signs.toml", "[lists]\n", '[lists]\ngive = ["nước"]\n', "danh sách give đã có trong signs.toml"),
    ("signs.toml", "{police}", "{somebody}", "không có danh sách từ này"),
    ("signs.toml", "\nweight = 1.", "\nweight = -1.", "số âm chỉ khi role là genuine"),
    ("signs.toml", "\nweight = 1.", "\nweight = 0 # ", "weight từ trên 0 đến 6"),
    ("signs.toml", 'role = "claim"', 'role = "scheme"', "không phải scheme"),
    ("signs.toml", 'code = "claims_tax"', 'code = "scheme_tax"', "viết trong schemes.toml"),
    ("signs.toml", 'code = "claims_tax"', 'code = "claims_tax"\ncomputed = true', "computed chỉ dành cho"),
    ("signs.toml", "\npatterns = [", '\npatterns = ["phí|nộp_phí", ', "mẫu quá rộng: chỉ “phí” là đủ"),
    ("signs.toml", "\npatterns = [", '\npatterns = ["<money>", ', "mẫu quá rộng: chỉ “<money>” là đủ"),
    ("signs.toml", "\nverified_on = 2026-11-26", "\nverified_on = 2026-11-26T10:00:00", "verified_on phải là ngày"),
    ("schemes.toml", "\nmeets = [", '\nmeets = ["police", ', "ít nhất hai ý"),
    ("schemes.toml", "\nqr = [", "\nqr = [[5], ", "qr: viết một danh sách chữ"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "told"), WRONG)
def test_the_linter_tells_what_is_wrong(tmp_path: Path, file: str, right: str, wrong: str, told: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge.HERE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    found = problems(folder)
    assert [one for one in found if told in one.what] != []


@pytest.mark.parametrize("file", ["signs.toml", "types.toml", "official.csv"])
def test_a_file_that_is_gone_or_saved_otherwise_is_told_alone(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge.HERE, folder)
    (folder / file).write_bytes((folder / file).read_bytes() + b"caf\xe9\n")
    (saved,) = problems(folder)
    (folder / file).unlink()
    (gone,) = problems(folder)
    assert saved.file == gone.file == file
    assert "Lưu lại tệp thành UTF-8" in saved.what
    assert "không có tệp này" in gone.what


def test_files_saved_by_an_office_program_are_read_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge.HERE, folder)
    for file in (*folder.glob("*.csv"), *folder.glob("*.toml")):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert problems(folder) == []
    code = (
        "import sys; from pathlib import Path; from lachan.engine.scams import knowledge;"
        "knowledge.HERE = Path(sys.argv[1]); assert knowledge.official()['bidv.com.vn']; assert knowledge.signs()"
    )
    assert subprocess.run([sys.executable, "-c", code, folder], check=False).returncode == 0


def test_a_problem_names_its_file_its_line_and_its_entry(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge.HERE, folder)
    with (folder / "official.csv").open("a", encoding="utf-8") as opened:
        opened.write("capnuocvidu.vn,Cấp nước Ví Dụ,utility,,1900 1234,https://capnuocvidu.vn,2026-11-26\n")
    (problem,) = problems(folder)
    lines = (folder / "official.csv").read_text(encoding="utf-8").splitlines()
    assert (problem.file, problem.line) == ("official.csv", len(lines))
    assert problem.what == "capnuocvidu.vn: hotlines: “1900 1234” phải là 3 đến 11 chữ số viết liền"


def test_no_entry_was_seen_after_today() -> None:
    newest = max(one.verified_on for one in knowledge.signs().values())
    assert problems(today=date(2100, 1, 1)) == []
    late = problems(today=date(newest.year - 1, 12, 31))
    assert late != []
    assert all("sau hôm nay" in one.what for one in late)


def test_what_has_no_source_is_not_counted_as_sourced() -> None:
    (official,) = (one for one in counts() if one.file == "official.csv")
    unknown = sum(one.source == "biết chung" for one in knowledge.official().values())
    assert official.entries - official.with_source == unknown


def test_a_bar_that_holds_a_place_of_a_pattern_always_bars_it() -> None:
    pattern = read("nhận *3 gói|quà tiền", {})
    assert always_barred(pattern, [read("gói|quà|thẻ", {})])
    assert not always_barred(pattern, [read("gói", {})])
    assert not always_barred(pattern, [read("nhận gói", {})])


PAGE = Path(__file__).resolve().parents[3] / "docs" / "knowledge.md"
EXAMPLES = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_examples_for_editors_can_be_added_as_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(knowledge.HERE, folder)
    for file, entry in EXAMPLES:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(entry)
    before = {one.file: one for one in counts()}
    more = {one.file: one.with_source - before[one.file].with_source for one in counts(folder)}
    assert len(EXAMPLES) >= 7
    assert {file for file, _ in EXAMPLES} == {file for file, many in more.items() if many == 1}
    assert problems(folder, today=date(2026, 11, 27)) == []
