"""Addresses of the first page and of the search."""

from django.urls import path

from nawa.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("cari/", views.find, name="find"),
]
