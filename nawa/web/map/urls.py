"""Addresses of this area."""

from django.urls import path

from nawa.web.map import views

urlpatterns = [path("", views.index, name="map")]
