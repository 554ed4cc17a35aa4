"""Work done in the background: photos of records that were never saved, once a day."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from lachan.activities import photos
from lachan.foundation.background import job

LEFT_AFTER = timedelta(days=7)  # somebody may come back to a record begun before a weekend


@app.periodic(cron="40 2 * * *")
@app.task(name="activities.clear_photos", queueing_lock="activities.clear_photos")
@job
def clear_photos(timestamp: int) -> None:
    """Take away the photos of records that were begun and left."""
    photos.clear(before=timezone.now() - LEFT_AFTER)  # noqa: TID251 - the job's one reading of the clock
