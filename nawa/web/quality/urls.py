"""Addresses of data quality."""

from django.urls import path

from nawa.web.quality import views

urlpatterns = [
    path("", views.index, name="quality"),
    path("berkas/<slug:file_format>/", views.save, name="quality_file"),
    path("kejar/", views.chase, name="quality_chase"),
    path("lembar/<int:unit_id>/", views.sheet, name="quality_sheet"),
    path("temuan/", views.findings, name="quality_findings"),
    path("temuan/berkas/<slug:file_format>/", views.save_findings, name="quality_findings_file"),
]
