"""Addresses of this area."""

from django.urls import path

from nawa.web.cycles import views

urlpatterns = [path("", views.index, name="cycles")]
