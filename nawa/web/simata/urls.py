"""Addresses of this area."""

from django.urls import path

from nawa.web.simata import views

urlpatterns = [
    path("", views.index, name="simata"),
    path("lembar/<str:run_id>/", views.sheet, name="simata_sheet"),
]
