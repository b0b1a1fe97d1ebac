"""Addresses of this area."""

from django.urls import path

from nawa.web.people import views

urlpatterns = [path("", views.index, name="people")]
