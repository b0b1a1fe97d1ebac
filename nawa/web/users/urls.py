"""Addresses of this area."""

from django.urls import path

from nawa.web.users import deeds, views

urlpatterns = [
    path("", views.index, name="users"),
    path("buka/", views.opening, name="users_open"),
    path("buka/orang-luar/", views.outsider, name="user_open_outsider"),
    path("peran-saya/", views.own_roles, name="own_roles"),
    path("peran/<str:grant_id>/akhiri/", deeds.end_role, name="role_end"),
    path("peran/<str:grant_id>/delegasi/", deeds.delegate, name="role_delegate"),
    path("delegasi/<str:delegation_id>/akhiri/", deeds.end_delegation, name="delegation_end"),
    path("<str:account_id>/", views.account, name="user"),
    path("<str:account_id>/lembar/", deeds.slip, name="user_slip"),
    path("<str:account_id>/tutup/", deeds.close, name="user_close"),
    path("<str:account_id>/buka-kembali/", deeds.reopen, name="user_reopen"),
    path("<str:account_id>/lepas-dua-langkah/", deeds.drop_second_factor, name="user_drop_second_factor"),
    path("<str:account_id>/peran/", deeds.give_role, name="role_give"),
]
