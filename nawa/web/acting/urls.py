"""Addresses of acting duties."""

from django.urls import path

from nawa.web.acting import views

urlpatterns = [
    path("", views.index, name="acting"),
    path("berkas/<slug:file_format>/", views.save, name="acting_file"),
    path("baru/", views.record, name="acting_record"),
    path("<int:duty_id>/", views.duty, name="acting_duty"),
]
