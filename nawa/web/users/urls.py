"""Addresses of this area."""

from django.urls import path

from nawa.web.users import views

urlpatterns = [path("", views.index, name="users")]
