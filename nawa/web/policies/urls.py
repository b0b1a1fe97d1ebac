"""Addresses of this area."""

from django.urls import path

from nawa.rulebook.enums import State
from nawa.web.policies import views

urlpatterns = [
    path("", views.index, name="policies"),
    path("<str:policy_id>/", views.version, name="policy"),
    path("<str:policy_id>/beda/", views.compare, name="policy_compare"),
    path("<str:policy_id>/dasar/", views.instrument, name="policy_instrument"),
    path("<str:policy_id>/rancang/", views.draft, name="policy_draft"),
    path("<str:policy_id>/susun/<str:chapter>/", views.write, name="policy_write"),
    path("<str:policy_id>/ajukan/", views.move(State.SUBMITTED), name="policy_submit"),
    path("<str:policy_id>/sahkan/", views.move(State.APPROVED), name="policy_approve"),
    path("<str:policy_id>/tolak/", views.move(State.REFUSED), name="policy_refuse"),
    path("<str:policy_id>/ambil/", views.move(State.DRAFT), name="policy_take_back"),
    path("<str:policy_id>/tarik/", views.move(State.WITHDRAWN), name="policy_withdraw"),
    path("<str:policy_id>/simulasi/", views.simulation, name="policy_simulation"),
    path("<str:policy_id>/simulasi/mulai/", views.simulate, name="policy_simulate"),
    path("<str:policy_id>/simulasi/batal/", views.cancel, name="policy_simulate_cancel"),
    path("<str:policy_id>/simulasi/pegawai/<str:listing>/", views.affected, name="policy_affected"),
]
