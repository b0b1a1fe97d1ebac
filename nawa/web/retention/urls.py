"""Addresses of this area."""

from django.urls import path

from nawa.web.retention import views

urlpatterns = [
    path("", views.index, name="retention"),
    path("tinjau/", views.preview, name="retention_preview"),
    path("hapus/", views.erase, name="retention_erase"),
    path("permohonan/", views.ask, name="erasure_ask"),
    path("permohonan/<str:erasure_id>/", views.one, name="erasure"),
    path("permohonan/<str:erasure_id>/tegaskan/", views.confirm, name="erasure_confirm"),
    path("permohonan/<str:erasure_id>/tarik/", views.withdraw, name="erasure_withdraw"),
    path("permohonan/<str:erasure_id>/tolak/", views.decline, name="erasure_decline"),
]
