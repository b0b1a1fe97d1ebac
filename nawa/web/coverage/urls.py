"""Addresses of this area."""

from django.urls import path

from nawa.web.coverage import views

urlpatterns = [
    path("", views.index, name="coverage"),
    path("berkas/<slug:file_format>/", views.save, name="coverage_file"),
    path("pernyataan/", views.letters, name="coverage_letters"),
    path("nyatakan/", views.declare, name="coverage_declare"),
    path("nyatakan/tinjau/", views.preview, name="coverage_preview"),
    path("nyatakan/sahkan/", views.confirm, name="coverage_confirm"),
    path("pernyataan/<str:declaration_id>/surat/", views.letter, name="coverage_letter"),
    path("pernyataan/<str:declaration_id>/tarik/", views.withdraw, name="coverage_withdraw"),
]
