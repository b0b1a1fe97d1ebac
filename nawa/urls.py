"""Addresses of the site; each area keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("nawa.web.home.urls")),
]
