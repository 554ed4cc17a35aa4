"""Recording what was done, the list of a unit, the wall of a campaign, and photos."""

from django.urls import path

from lachan.activities.views import lists, photos, recording, wall

app_name = "activities"
urlpatterns = [
    path("hoat-dong/", lists.home, name="home"),
    path("don-vi/<int:unit>/hoat-dong/", lists.listed, name="listed"),
    path("don-vi/<int:unit>/hoat-dong/ghi/", recording.record, name="record"),
    path("don-vi/<int:unit>/hoat-dong/anh/<str:key>/", photos.upload, name="upload"),
    path("hoat-dong/<int:activity>/", lists.activity, name="activity"),
    path("hoat-dong/<int:activity>/sua/", recording.revise, name="revise"),
    path("hoat-dong/<int:activity>/rut/", recording.withdraw, name="withdraw"),
    path("hoat-dong/anh/<int:photo>/", photos.full, name="photo"),
    path("hoat-dong/anh/<int:photo>/nho/", photos.thumbnail, name="thumbnail"),
    path("hoat-dong/anh/<int:photo>/bo/", photos.remove, name="remove_photo"),
    path("chien-dich/<int:campaign>/hoat-dong/", wall.wall, name="wall"),
    path("chien-dich/<int:campaign>/hoat-dong/<int:assignment>/", wall.wall, name="wall"),
]
