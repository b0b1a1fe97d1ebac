"""Addresses of this area."""

from django.urls import path

from nawa.talent.enums import Stage
from nawa.web.cycles import views

urlpatterns = [
    path("", views.index, name="cycles"),
    path("buka/", views.open_cycle, name="cycle_open"),
    path("<str:cycle_id>/", views.cycle, name="cycle"),
    path("<str:cycle_id>/hitung/", views.start, name="run_start"),
    path("pemetaan/<str:run_id>/", views.run, name="run"),
    path("pemetaan/<str:run_id>/batal/", views.cancel, name="run_cancel"),
    path("pemetaan/<str:run_id>/surat/<str:stage>/", views.letter, name="run_letter"),
    path("pemetaan/<str:run_id>/periksa/", views.move(Stage.CHECKED), name="run_check"),
    path("pemetaan/<str:run_id>/sanggah/", views.move(Stage.CONTEST), name="run_contest"),
    path("pemetaan/<str:run_id>/validasi/", views.move(Stage.VALIDATED), name="run_validate"),
    path("pemetaan/<str:run_id>/tetapkan/", views.move(Stage.DETERMINED), name="run_determine"),
    path("pemetaan/<str:run_id>/terbitkan/", views.move(Stage.PUBLISHED), name="run_publish"),
    path("pemetaan/<str:run_id>/izin/", views.release, name="run_release"),
    path("pemetaan/<str:run_id>/tarik/", views.move(Stage.WITHDRAWN), name="run_withdraw"),
]
