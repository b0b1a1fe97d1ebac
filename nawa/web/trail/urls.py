"""Addresses of this area."""

from django.urls import path

from nawa.web.trail import views

urlpatterns = [path("", views.index, name="trail")]
