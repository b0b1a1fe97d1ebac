"""Addresses of acting duties."""

from django.urls import path

from nawa.web.acting import views

urlpatterns = [
    path("", views.index, name="acting"),
    path("berkas/<slug:file_format>/", views.save, name="acting_file"),
]
