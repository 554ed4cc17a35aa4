"""Recording what was done, the list of a unit, the wall of a campaign, and photos."""

from django.urls import path

from lachan.activities.views import importing, lists, offline, photos, recording, several, wall

app_name = "activities"
urlpatterns = [
    path("hoat-dong/", lists.home, name="home"),
    path("hoat-dong/don-vi/<int:unit>/", lists.listed, name="listed"),
    path("hoat-dong/don-vi/<int:unit>/ghi/", recording.record, name="record"),
    path("hoat-dong/don-vi/<int:unit>/gui/", offline.send, name="send"),
    path("hoat-dong/don-vi/<int:unit>/anh/<str:key>/", photos.upload, name="upload"),
    path("hoat-dong/don-vi/<int:unit>/nhieu/", several.several, name="several"),
    path("hoat-dong/don-vi/<int:unit>/tu-tep/", importing.bring, name="bring_list"),
    path("hoat-dong/don-vi/<int:unit>/tu-tep/mau.csv", importing.template, name="list_template"),
    path("hoat-dong/<int:activity>/", lists.activity, name="activity"),
    path("hoat-dong/<int:activity>/sua/", recording.revise, name="revise"),
    path("hoat-dong/<int:activity>/rut/", recording.withdraw, name="withdraw"),
    path("hoat-dong/anh/<int:photo>/", photos.full, name="photo"),
    path("hoat-dong/anh/<int:photo>/nho/", photos.thumbnail, name="thumbnail"),
    path("hoat-dong/anh/<int:photo>/bo/", photos.remove, name="remove_photo"),
    path("chien-dich/<int:campaign>/hoat-dong/", wall.wall, name="wall"),
    path("chien-dich/<int:campaign>/hoat-dong/<int:assignment>/", wall.wall, name="wall"),
]
