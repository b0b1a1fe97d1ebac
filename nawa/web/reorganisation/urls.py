"""Addresses of this area."""

from django.urls import path

from nawa.web.reorganisation import views

urlpatterns = [
    path("", views.index, name="reorganisations"),
    path("baru/", views.new, name="reorganisation_new"),
    path("<str:plan_id>/", views.plan, name="reorganisation"),
    path("<str:plan_id>/dasar/", views.head, name="reorganisation_head"),
    path("<str:plan_id>/pindaian/", views.scan, name="reorganisation_scan"),
    path("<str:plan_id>/tambah/<str:operation>/", views.line, name="reorganisation_line"),
    path("<str:plan_id>/buang/", views.remove, name="reorganisation_line_remove"),
    path("<str:plan_id>/terdampak/", views.affected, name="reorganisation_affected"),
    path("<str:plan_id>/terdampak/berkas/", views.save, name="reorganisation_affected_file"),
    path("<str:plan_id>/putuskan/", views.decide, name="reorganisation_decide"),
    path("<str:plan_id>/batal/", views.cancel, name="reorganisation_cancel"),
    path("<str:plan_id>/laksanakan/", views.carry_out, name="reorganisation_carry_out"),
]
