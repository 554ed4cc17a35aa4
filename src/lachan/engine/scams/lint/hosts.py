"""Checks of what is known of hosts: whose they are, what they are used for, who has reported them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lachan.engine.scams.domains import STATE, ends_with_any, is_ending, is_state, split
from lachan.engine.scams.knowledge import KINDS
from lachan.engine.scams.lint.files import Files, Problem
from lachan.engine.scams.spelling import is_syllable
from lachan.engine.vietnamese import fold

STATE_ONLY = {"ministry", "province"}
OF_STATE = {"state", "public_service"}
FOR_ANYBODY = {"platform", "tech"}  # of which links are not trusted, so that a report of one below them may be right

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_DOMAIN = re.compile(rf"(?!www\.)(?=.*\.){_HOST.pattern}")
_SENDER = re.compile(r"(?=.*[A-Z])[A-Z0-9][A-Z0-9 ._&-]{0,14}|[0-9]{3,5}")  # letters without marks, or a short number


def official(files: Files, _folder: Path) -> Iterator[Problem]:
    """Of official domains and their sender names."""
    bodies: dict[str, str] = {}
    for line, row in files.rows["official.csv"]:
        if row["kind"] not in KINDS:
            yield Problem("official.csv", line, f"kind “{row['kind']}” không có; chọn một trong {', '.join(KINDS)}")
        if not _DOMAIN.fullmatch(row["domain"]):
            yield Problem(
                "official.csv", line, f"“{row['domain']}” không phải tên miền viết thường, không www., như vidu.vn"
            )
        elif wrong := _wrong_ending(row["domain"], row["kind"]):
            yield Problem("official.csv", line, f"“{row['domain']}” {wrong}")
        for sender in (one.strip().upper() for one in row["senders"].split(";") if one.strip()):
            if not _SENDER.fullmatch(sender):
                yield Problem("official.csv", line, f"senders: “{sender}” không phải tên gửi; số máy ghi ở hotlines")
            if bodies.setdefault(sender, row["body"]) != row["body"]:
                yield Problem("official.csv", line, f"tên gửi {sender} đã ghi cho {bodies[sender]}")


def _wrong_ending(domain: str, kind: str) -> str:
    """What is wrong with the end of an official domain: trusting it would trust others too."""
    name = split(domain)
    if not name.label:
        return "là một đuôi, ai cũng đăng ký được tên dưới đó"
    if not is_ending(name.suffix):
        return f"có đuôi .{name.suffix} không có thật"
    if name.private:
        return f"nằm dưới {name.suffix}, nơi ai cũng lập được trang"
    if kind in STATE_ONLY and not is_state(domain):
        return f"là của bộ hoặc tỉnh mà không có đuôi .{STATE}"
    if kind in OF_STATE and name.suffix.rpartition(".")[2] != "vn":
        return "là của cơ quan nhà nước mà không có đuôi .vn"
    return ""


def brands(files: Files, _folder: Path) -> Iterator[Problem]:
    """Of the names that are imitated."""
    domains = {row["domain"] for _, row in files.rows["official.csv"]}
    owners: dict[str, str] = {}
    for line, row in files.rows["brands.csv"]:
        if row["body_domain"] not in domains:
            yield Problem("brands.csv", line, f"{row['body_domain']} không có trong official.csv: thêm ở đó trước")
        if row["short"] not in ("0", "1"):
            yield Problem("brands.csv", line, "short là 0 hoặc 1")
        for spelling in {fold(one) for one in (row["brand"], *row["spellings"].split(";")) if one.strip()}:
            if not re.search("[a-z0-9]{2}", spelling) or is_syllable(spelling):
                yield Problem(
                    "brands.csv", line, f"“{spelling}” là từ ai cũng viết, hoặc không có chữ: tin nào cũng thấy"
                )
            if owners.setdefault(spelling, row["brand"]) != row["brand"]:
                yield Problem("brands.csv", line, f"“{spelling}” đã ghi cho {owners[spelling]}")


def listed(files: Files, _folder: Path) -> Iterator[Problem]:
    """Of hosts that say something against a link."""
    every = {row["domain"] for _, row in files.rows["official.csv"]}
    trusted = _trusted(files)
    for file in ("shorteners.csv", "free_hosts.csv", "endings.csv", "well_known.csv"):
        for line, row in files.rows[file]:
            if row["host"] in every or ends_with_any(row["host"], trusted):
                yield Problem(file, line, f"“{row['host']}” là tên miền chính thức, hoặc nằm dưới một tên như vậy")
            elif wrong := _wrong_host(row["host"], file):
                yield Problem(file, line, f"“{row['host']}” {wrong}")


def _wrong_host(host: str, file: str) -> str:
    """What is wrong with a host, or an ending of hosts, that is to say something against a link."""
    if not _HOST.fullmatch(host):
        return "sai dạng: chỉ ghi tên miền viết thường, như vidu.top"
    name = split(host)
    if not is_ending(host.rpartition(".")[2]):
        return "có đuôi không có thật"
    if file != "endings.csv" and not name.label and not name.private:
        return "là một đuôi: mọi trang có đuôi này sẽ bị nghi"
    return ""


def reported(files: Files, folder: Path) -> Iterator[Problem]:
    """Of the lists of reported hosts, and of official domains that stand on one."""
    trusted = _trusted(files)
    for line, row in files.rows["reported.csv"]:
        list_file = folder / "reported" / row["file"]
        text = list_file.read_text(encoding="utf-8", errors="replace") if list_file.is_file() else ""
        if not text.strip():
            yield Problem("reported.csv", line, f"danh sách không có hoặc rỗng: reported/{row['file']}")
        for at, host in enumerate(text.splitlines(), 1):
            if wrong := _wrong_report(host, trusted):
                yield Problem(f"reported/{row['file']}", at, f"“{host}” {wrong}")
        every = frozenset(text.split())
        for domain, at in trusted.items():
            if name := ends_with_any(domain, every):
                known = f"{name} có trong danh sách bị báo cáo reported/{row['file']}"
                yield Problem("official.csv", at, f"{known}: hỏi lại trước khi ghi là chính thức")


def _trusted(files: Files) -> dict[str, int]:
    """The official domains whose links are trusted, each with its line; of those with pages of anybody a report may be right."""
    return {
        row["domain"]: line
        for line, row in files.rows["official.csv"]
        if row["kind"] not in FOR_ANYBODY and split(row["domain"]).label
    }


def _wrong_report(host: str, trusted: Mapping[str, int]) -> str:
    if owner := ends_with_any(host, trusted):
        return f"nằm dưới tên miền chính thức {owner}: bỏ ở một trong hai tệp"
    return "sai dạng: mỗi dòng chỉ ghi một tên miền, như vidu.top" if "/" in host or len(host.split()) > 1 else ""
