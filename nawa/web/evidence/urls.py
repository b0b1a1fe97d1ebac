"""Addresses of this area."""

from django.urls import path

from nawa.evidence.enums import State
from nawa.web.evidence import own, views

urlpatterns = [
    path("", views.index, name="evidence"),
    path("berkas/<slug:file_format>/", views.save, name="evidence_file"),
    path("sampel/", views.samples, name="evidence_samples"),
    path("sampel/berkas/<slug:file_format>/", views.save_samples, name="evidence_samples_file"),
    path("saya/", own.index, name="my_evidence"),
    path("saya/baru/<slug:kind>/", own.new, name="my_evidence_new"),
    path("saya/<slug:submission_id>/", own.one, name="my_evidence_one"),
    path("saya/<slug:submission_id>/jawab/", own.answer, name="my_evidence_answer"),
    path("saya/<slug:submission_id>/tarik/", own.withdraw, name="my_evidence_withdraw"),
    path("saya/<slug:submission_id>/pindaian/<slug:scan_id>/", own.scan, name="my_evidence_scan"),
    path("<slug:submission_id>/", views.one, name="evidence_one"),
    path("<slug:submission_id>/pindaian/<slug:scan_id>/", views.scan, name="evidence_scan"),
    path("<slug:submission_id>/terima/", views.decide(State.ACCEPTED), name="evidence_accept"),
    path("<slug:submission_id>/minta/", views.decide(State.ASKED_AGAIN), name="evidence_ask"),
    path("<slug:submission_id>/tolak/", views.decide(State.REFUSED), name="evidence_refuse"),
    path("<slug:submission_id>/sampel/", views.judge, name="evidence_judge"),
]
