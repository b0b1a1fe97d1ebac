"""Addresses of this area."""

from django.urls import path

from nawa.web.mine import views

urlpatterns = [
    path("", views.index, name="mine"),
    path("kartu.pdf", views.card, name="mine_card"),
]
