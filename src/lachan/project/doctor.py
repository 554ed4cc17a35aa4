"""`lachan doctor`: whether this machine has what the product needs, and for each lack what to do."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from lachan.project.embedded import Cluster, EmbeddedRefused
from lachan.project.embedded.binaries import find
from lachan.project.status import DISK_NEEDED

TESSERACT = "sudo apt install tesseract-ocr tesseract-ocr-vie"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `needed` is False where the product runs without it and only does less."""

    key: str
    name: str
    ok: bool
    found: str
    remedy: str
    needed: bool = True


def findings() -> list[Finding]:
    """Everything looked at, in the order an operator would mend it."""
    looks: list[Callable[[], Finding]] = [
        _python,
        _postgresql,
        _folder,
        _secret,
        _disk,
        _fonts,
        _locale,
        _tesseract,
        _mail,
    ]
    return [look() for look in looks]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", "Python", sys.version_info >= (3, 11), version, _("Cài Python 3.11 hoặc mới hơn."))


def _postgresql() -> Finding:
    if settings.DATABASE_URL:
        return Finding("postgresql", "PostgreSQL", ok=True, found="DATABASE_URL", remedy="")
    try:
        binaries = find()
    except EmbeddedRefused as refusal:
        return Finding("postgresql", "PostgreSQL", ok=False, found="", remedy=str(refusal))
    return Finding("postgresql", "PostgreSQL", ok=True, found=f"{binaries.version} ({binaries.folder})", remedy="")


def _folder() -> Finding:
    var: Path = settings.VAR
    trouble = [
        place for place in (Cluster(var).home, Cluster(var).data) if place.exists() and place.stat().st_mode & 0o077
    ]
    try:
        probe = var / ".doctor"
        probe.write_text("")
        probe.unlink()
    except OSError:
        trouble.insert(0, var)
    found = ", ".join(map(str, trouble)) or str(var)
    remedy = _("Cấp quyền ghi cho tài khoản đang chạy; thư mục dữ liệu phải là 700.")
    return Finding("folder", _("Thư mục dữ liệu"), not trouble, found, remedy)


def _secret() -> Finding:
    key, file = settings.SECRET_KEY, settings.VAR / "secret_key"
    private = not file.exists() or not file.stat().st_mode & 0o077
    remedy = _("Đặt LACHAN_SECRET_KEY dài từ 50 ký tự trở lên, hoặc xóa tệp %(file)s để tạo khóa mới.") % {"file": file}
    return Finding(
        "secret_key", _("Khóa bí mật"), len(key) >= 50 and private, _("%(n)s ký tự") % {"n": len(key)}, remedy
    )


def _disk() -> Finding:
    free = shutil.disk_usage(settings.VAR).free
    found = _("còn %(size)s GB") % {"size": free // 10**9}
    return Finding("disk", _("Đĩa trống"), free >= DISK_NEEDED, found, _("Dọn đĩa hoặc đặt LACHAN_VAR sang đĩa khác."))


def _fonts() -> Finding:
    fonts = sorted(settings.PACKAGE.glob("engine/layout/fonts/Tinos-*.ttf"))
    remedy = _("Cài lại gói lachan: thiếu phông chữ Tinos đi kèm.")
    return Finding("fonts", _("Phông chữ"), len(fonts) == 4, ", ".join(font.stem for font in fonts), remedy)


def _locale() -> Finding:
    compiled = settings.PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.mo"
    remedy = _("Chạy `make messages` để trang có tiếng Anh.")
    return Finding("locale", _("Bản dịch tiếng Anh"), compiled.exists(), compiled.name, remedy, needed=False)


def _tesseract() -> Finding:
    remedy = _("Để đọc văn bản quét: ") + TESSERACT
    program = shutil.which("tesseract")
    if program is None:
        return Finding("tesseract", "Tesseract", ok=False, found="", remedy=remedy, needed=False)
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    languages = (listed.stdout + listed.stderr).split()
    return Finding("tesseract", "Tesseract", "vie" in languages, program, remedy, needed=False)


def _mail() -> Finding:
    """Whether the mail server takes our connection; without one mail is written into files, which reaches nobody."""
    name = _("Thư điện tử")
    if settings.SMTP is None:
        remedy = _("Đặt LACHAN_SMTP_URL (xem README) để gửi thư thật; khi chưa đặt, thư chỉ ghi vào tệp.")
        return Finding("mail", name, ok=False, found=str(settings.EMAIL_FILE_PATH), remedy=remedy, needed=False)
    where = f"{settings.SMTP.host}:{settings.SMTP.port}"
    server = get_connection(timeout=5)
    try:
        server.open()
        server.close()
    except OSError as trouble:
        remedy = _("Kiểm tra LACHAN_SMTP_URL, tường lửa và máy chủ thư. Máy chủ trả lời: %(trouble)s") % {
            "trouble": trouble
        }
        return Finding("mail", name, ok=False, found=where, remedy=remedy)
    return Finding("mail", name, ok=True, found=where, remedy="")
