"""Addresses of this area."""

from django.urls import path

from nawa.web.disagreements import views

urlpatterns = [
    path("", views.index, name="disagreements"),
    path("putuskan/", views.decide, name="disagreements_decide"),
]
