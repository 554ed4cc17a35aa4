"""Photos come in, one by one or several with a form, and go out again."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.translation import gettext as _

from lachan.activities.access import may_change
from lachan.activities.models import Activity, Photo
from lachan.engine import photos as engine
from lachan.engine.photos import NotAPhoto
from lachan.foundation import audit
from lachan.foundation.refused import Refused
from lachan.orgs.models import Person, Unit

MOST = 300  # in one record
MOST_AT_ONCE = 30  # in one form sent without a script


def take_turn(unit: Unit, request_key: str) -> None:
    """Hold one record until the transaction ends: a photo that arrives while it is saved must not miss it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [unit.pk % 2**31, request_key])


def keep(unit: Unit, *, request_key: str, data: bytes, by: Person, now: datetime) -> Photo:
    """The photo, cleaned, under the key of its record. The same file again gives the photo there is.

    Refused, with a sentence that says what to do, when it is no photo that we take.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if known := Photo.objects.filter(unit=unit, request_key=request_key, sha256=sha256).first():
        return known
    try:
        cleaned = engine.clean(data)
    except engine.Unfit as unfit:
        raise Refused(_SENTENCES[unfit.why]()) from unfit
    return _enter(unit, request_key, sha256, cleaned, by, now)


@transaction.atomic
def _enter(unit: Unit, request_key: str, sha256: str, cleaned: engine.Photo, by: Person, now: datetime) -> Photo:
    take_turn(unit, request_key)
    beside = Photo.objects.filter(unit=unit, request_key=request_key)
    if known := beside.filter(sha256=sha256).first():
        return known
    if beside.count() >= MOST:
        raise Refused(_("Mỗi hoạt động nhận tối đa %(most)s ảnh.") % {"most": MOST})
    activity = Activity.objects.filter(unit=unit, request_key=request_key).first()
    if activity and not may_change(by, activity):
        raise Refused(_("hoạt động này do người khác ghi nên không thêm ảnh được."))
    photo = Photo(
        unit=unit,
        request_key=request_key,
        activity=activity,
        sha256=sha256,
        width=cleaned.width,
        height=cleaned.height,
        thumbnail_width=cleaned.thumbnail_width,
        thumbnail_height=cleaned.thumbnail_height,
        added_by=by,
        added_at=now,
    )
    name = secrets.token_hex(16)
    photo.file.save(f"{name}.jpg", ContentFile(cleaned.data), save=False)
    photo.thumbnail.save(f"{name}-nho.jpg", ContentFile(cleaned.thumbnail), save=False)
    photo.save()
    if activity:
        audit.record("activities.add_photo", activity, by=by, now=now, detail={"sha256": sha256})
    return photo


@transaction.atomic
def remove(photo: Photo, *, by: Person, now: datetime) -> None:
    """Take a photo away, with its files, for good: somebody in it may have asked for that."""
    audit.record("activities.remove_photo", photo, by=by, now=now, detail={"activity": photo.activity_id})
    _erase(photo)


def clear(*, before: datetime) -> int:
    """Take away photos added before then whose record was never saved. Gives how many there were."""
    left = list(Photo.objects.filter(activity=None, added_at__lt=before))
    for photo in left:
        _erase(photo)
    return len(left)


def _erase(photo: Photo) -> None:
    names = [str(photo.file.name), str(photo.thumbnail.name)]
    photo.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


@dataclass(frozen=True)
class Taken:
    """What came of several files: how many were kept, and a sentence for each that was not."""

    kept: int
    refused: tuple[str, ...]


def keep_several(
    unit: Unit, *, request_key: str, files: Sequence["UploadedFile[bytes]"], by: Person, now: datetime
) -> Taken:
    """Keep the good ones and name the others."""
    refused = []
    for file in files[:MOST_AT_ONCE]:
        try:
            keep(unit, request_key=request_key, data=file.read(), by=by, now=now)
        except Refused as no:
            refused.append(_("“%(name)s”: %(why)s") % {"name": shown_name(file.name or ""), "why": no})
    kept = len(files[:MOST_AT_ONCE]) - len(refused)
    if len(files) > MOST_AT_ONCE:
        refused.append(
            _(
                "Mỗi lần gửi được %(most)s ảnh nên còn %(rest)s ảnh chưa nhận. Chọn tiếp các ảnh còn lại rồi gửi lần nữa."
            )
            % {"most": MOST_AT_ONCE, "rest": len(files) - MOST_AT_ONCE}
        )
    return Taken(kept, tuple(refused))


def shown_name(name: str) -> str:
    """The name of a file on the sender's machine, short and printable."""
    return "".join(c for c in name if c.isprintable())[-60:]


_SENTENCES = {
    NotAPhoto.EMPTY: lambda: _("tệp rỗng, không có ảnh bên trong. Chọn lại ảnh."),
    NotAPhoto.PROGRAM: lambda: _(
        "đây là chương trình chứ không phải ảnh nên không nhận. Nếu tệp này do người khác gửi, đừng mở; báo bộ phận kỹ thuật."
    ),
    NotAPhoto.HEIC: lambda: _(
        "ảnh HEIC của iPhone chưa đọc được. Vào Cài đặt › Camera › Định dạng, chọn “Tương thích nhất” rồi chụp lại; "
        "hoặc chụp màn hình ảnh đó và gửi ảnh chụp màn hình."
    ),
    NotAPhoto.VIDEO: lambda: _("đây là video. Đăng video lên trang của đơn vị rồi dán liên kết vào ô “Liên kết”."),
    NotAPhoto.OTHER_KIND: lambda: _("đây không phải ảnh. Chỉ nhận ảnh JPEG, PNG hoặc WebP."),
    NotAPhoto.BROKEN: lambda: _("ảnh bị hỏng hoặc tải về chưa trọn. Mở thử trên máy rồi chọn lại."),
    NotAPhoto.TOO_MANY_PIXELS: lambda: _(
        "ảnh có quá nhiều điểm ảnh. Chụp ở cỡ nhỏ hơn, hoặc chụp màn hình ảnh đó rồi gửi."
    ),
}
