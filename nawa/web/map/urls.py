"""Addresses of this area."""

from django.urls import path

from nawa.web.map import views

urlpatterns = [
    path("", views.index, name="map"),
    path("berkas/<slug:file_format>/", views.save, name="map_file"),
]
