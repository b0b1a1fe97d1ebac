"""Addresses of the directory and of profiles."""

from django.urls import path

from nawa.web.people import deeds, views

urlpatterns = [
    path("", views.index, name="directory"),
    path("berkas/<slug:file_format>/", views.save, name="directory_file"),
    path("perpindahan/", deeds.move, name="move"),
    path("perpindahan/rencana/", views.planned, name="planned_moves"),
    path("perpindahan/rencana/<slug:move_id>/", deeds.planned_move, name="planned_move"),
    path("<slug:public_id>/", views.show, name="profile"),
    path("<slug:public_id>/kartu.pdf", views.card, name="profile_card"),
]
