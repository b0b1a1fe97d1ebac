"""Addresses of units and posts."""

from django.urls import path

from nawa.web.organisation import views

urlpatterns = [
    path("", views.index, name="organisation"),
    path("unit/<int:unit_id>/", views.unit, name="unit"),
    path("jabatan/", views.posts, name="posts"),
    path("jabatan/berkas/<slug:file_format>/", views.save, name="posts_file"),
    path("jabatan/<int:post_id>/", views.post, name="post"),
]
