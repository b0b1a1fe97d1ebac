"""Addresses of this area."""

from django.urls import path

from nawa.web.disagreements import views

urlpatterns = [
    path("", views.index, name="disagreements"),
    path("berkas/<slug:file_format>/", views.save, name="disagreements_file"),
    path("putuskan/", views.decide, name="disagreements_decide"),
]
