"""Addresses of this area."""

from django.urls import path

from nawa.web.imports import views

urlpatterns = [
    path("", views.index, name="imports"),
    path("unggah/", views.upload, name="import_upload"),
    path("<str:upload_id>/", views.one, name="import"),
    path("<str:upload_id>/lembar/<str:sheet>/", views.rows, name="import_rows"),
    path("<str:upload_id>/masalah/", views.problems, name="import_problems"),
    path("<str:upload_id>/berkas-masalah/", views.marked, name="import_marked"),
    path("<str:upload_id>/tidak-ada/", views.absent, name="import_absent"),
    path("<str:upload_id>/tidak-ada/putuskan/", views.decide_absent, name="import_decide_absent"),
    path("<str:upload_id>/koreksi/", views.twins, name="import_twins"),
    path("<str:upload_id>/koreksi/putuskan/", views.decide_twins, name="import_decide_twins"),
    path("<str:upload_id>/periksa-ulang/", views.check_again, name="import_check"),
    path("<str:upload_id>/terapkan/", views.apply, name="import_apply"),
    path("<str:upload_id>/batal/", views.cancel, name="import_cancel"),
    path("<str:upload_id>/urungkan/", views.undo, name="import_undo"),
]
