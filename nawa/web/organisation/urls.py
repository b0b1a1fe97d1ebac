"""Addresses of this area."""

from django.urls import path

from nawa.web.organisation import views

urlpatterns = [path("", views.index, name="organisation")]
