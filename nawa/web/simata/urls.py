"""Addresses of this area."""

from django.urls import path

from nawa.web.simata import views

urlpatterns = [
    path("", views.index, name="simata"),
    path("bandingkan/", views.compare, name="simata_compare"),
    path("peta-lama/", views.earlier, name="earlier_maps"),
    path("peta-lama/orang/", views.earlier_people, name="earlier_people"),
    path("peta-lama/kelompok/", views.earlier_pools, name="earlier_pools"),
    path("lembar/<str:run_id>/", views.sheet, name="simata_sheet"),
    path("<str:comparison_id>/", views.comparison, name="simata_comparison"),
    path("<str:comparison_id>/batal/", views.cancel, name="simata_cancel"),
    path("<str:comparison_id>/orang/", views.people, name="simata_people"),
    path("<str:comparison_id>/surat/", views.letter, name="simata_letter"),
    path("<str:comparison_id>/surat/<slug:file_format>/", views.letter_file, name="simata_letter_file"),
    path("<str:comparison_id>/orang/<str:public_id>/", views.person, name="simata_person"),
]
