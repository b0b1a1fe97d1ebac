"""Addresses of this area."""

from django.urls import path

from nawa.web.movement import views

urlpatterns = [
    path("", views.index, name="movement"),
    path("pegawai/", views.movers, name="movers"),
    path("pegawai/berkas/<slug:file_format>/", views.save, name="movers_file"),
    path("<str:run_id>/sebab/", views.trace, name="movement_trace"),
]
