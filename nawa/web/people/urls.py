"""Addresses of profiles."""

from django.urls import path

from nawa.web.people import views

urlpatterns = [
    path("<slug:public_id>/", views.show, name="profile"),
    path("<slug:public_id>/kartu.pdf", views.card, name="profile_card"),
]
