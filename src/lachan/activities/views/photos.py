"""Photos come in one by one from the script of the page, and are shown to those who may see them."""

import re
from collections.abc import Collection
from pathlib import PurePath
from urllib.parse import quote

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lachan.activities import photos
from lachan.activities.access import RECORDERS, may_change, to_record, watchers
from lachan.activities.models import Photo
from lachan.foundation.refused import Refused
from lachan.orgs.access import StaffRequest, holds, signed_in
from lachan.orgs.models import Unit

KEY = re.compile(r"[\w-]{8,64}", re.ASCII)


@require_POST
@to_record
def upload(request: StaffRequest, unit: Unit, key: str) -> HttpResponse:
    """One photo under the key of the record being written; sent again it is the same photo. Answers in JSON."""
    file = request.FILES.get("photo")
    if not KEY.fullmatch(key):
        raise Http404
    if file is None:
        large = getattr(request, "too_large", False)
        why = _("ảnh lớn hơn 25 MB. Gửi ảnh ở cỡ nhỏ hơn.") if large else _("chưa có ảnh nào được gửi.")
        return JsonResponse({"error": why}, status=413 if large else 422)
    try:
        photo = photos.keep(unit, request_key=key, data=file.read(), by=request.user, now=request.now)
    except Refused as no:
        return JsonResponse({"error": str(no)}, status=422)
    return JsonResponse(
        {
            "id": photo.pk,
            "thumbnail": reverse("activities:thumbnail", args=[photo.pk]),
            "width": photo.thumbnail_width,
            "height": photo.thumbnail_height,
        }
    )


def _watchers(request: StaffRequest, photo: int) -> Collection[Unit]:
    found = get_object_or_404(Photo.objects.select_related("unit", "activity__campaign"), pk=photo)
    return watchers(found.unit, found.activity.campaign if found.activity else None)


@require_GET
@holds(*RECORDERS, on=_watchers)
def full(request: StaffRequest, photo: int) -> HttpResponse:
    """The photo itself."""
    found = get_object_or_404(Photo, pk=photo)
    return _served(request, found, found.file)


@require_GET
@holds(*RECORDERS, on=_watchers)
def thumbnail(request: StaffRequest, photo: int) -> HttpResponse:
    """The photo in small."""
    found = get_object_or_404(Photo, pk=photo)
    return _served(request, found, found.thumbnail)


def _served(request: StaffRequest, photo: Photo, file: FieldFile) -> HttpResponse:
    """Always the JPEG that we wrote, and named so. A browser that has it asks whether it may still show it."""
    name = str(file.name)
    tag = f'"{PurePath(name).stem}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    if not default_storage.exists(name):
        raise Http404
    with file.open("rb") as opened:
        data = opened.read()  # at most some 100 KB: we wrote it
    return HttpResponse(
        data,
        content_type="image/jpeg",
        headers={
            "ETag": tag,
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(f'anh-{photo.pk}.jpg')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@require_POST
@signed_in
def remove(request: StaffRequest, photo: int) -> HttpResponse:
    """Take one photo of an activity away, for those who may change the activity."""
    found = get_object_or_404(Photo.objects.select_related("activity"), pk=photo)
    if found.activity is None or not may_change(request.user, found.activity):
        raise Http404
    activity = found.activity
    photos.remove(found, by=request.user, now=request.now)
    return redirect(activity)
