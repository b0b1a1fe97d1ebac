"""Addresses of profiles."""

from django.urls import path

from nawa.web.people import views

urlpatterns = [path("<slug:public_id>/", views.show, name="profile")]
