"""Addresses of this area."""

from django.urls import path

from nawa.web.trail import views

urlpatterns = [
    path("", views.index, name="trail"),
    path("unduh/<str:file_format>/", views.save, name="trail_file"),
    path("baca/", views.reading, name="read_log"),
    path("baca/unduh/<str:file_format>/", views.save_reading, name="read_log_file"),
    path("<slug:event_id>/", views.show, name="event"),
]
