"""Addresses of the site; each area keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("nawa.web.home.urls")),
    path("", include("nawa.web.access.urls")),
    path("pegawai/", include("nawa.web.people.urls")),
    path("organisasi/", include("nawa.web.organisation.urls")),
    path("cari/", include("nawa.web.search.urls")),
    path("saya/", include("nawa.web.mine.urls")),
    path("peta/", include("nawa.web.map.urls")),
    path("pengguna/", include("nawa.web.users.urls")),
    path("impor/", include("nawa.web.imports.urls")),
    path("kelengkapan-register/", include("nawa.web.coverage.urls")),
    path("perbedaan/", include("nawa.web.disagreements.urls")),
    path("siklus/", include("nawa.web.cycles.urls")),
    path("retensi/", include("nawa.web.retention.urls")),
    path("jejak/", include("nawa.web.trail.urls")),
    path("kebijakan/", include("nawa.web.policies.urls")),
]
