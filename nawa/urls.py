"""Addresses of the site; each area keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("nawa.web.home.urls")),
    path("", include("nawa.web.access.urls")),
    path("pegawai/", include("nawa.web.people.urls")),
    path("organisasi/", include("nawa.web.organisation.urls")),
    path("sotk/", include("nawa.web.reorganisation.urls")),
    path("plt/", include("nawa.web.acting.urls")),
    path("cari/", include("nawa.web.search.urls")),
    path("saya/", include("nawa.web.mine.urls")),
    path("bukti/", include("nawa.web.evidence.urls")),
    path("peta/", include("nawa.web.map.urls")),
    path("pengguna/", include("nawa.web.users.urls")),
    path("impor/", include("nawa.web.imports.urls")),
    path("pergerakan/", include("nawa.web.movement.urls")),
    path("simata/", include("nawa.web.simata.urls")),
    path("kualitas-data/", include("nawa.web.quality.urls")),
    path("kelengkapan-register/", include("nawa.web.coverage.urls")),
    path("perbedaan/", include("nawa.web.disagreements.urls")),
    path("siklus/", include("nawa.web.cycles.urls")),
    path("retensi/", include("nawa.web.retention.urls")),
    path("jejak/", include("nawa.web.trail.urls")),
    path("kebijakan/", include("nawa.web.policies.urls")),
]
