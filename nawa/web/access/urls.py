"""Addresses of log-in, second factor and language; the views of log-in are allauth's own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from nawa.web.access import views
from nawa.web.kit.guards import changes, entered, public

urlpatterns = [
    path("bahasa/", views.language, name="language"),
    path("masuk/", public(changes(account.login)), name="account_login"),
    path("aktivasi/", views.activation, name="activation"),
    path("keluar/", public(changes(account.logout)), name="account_logout"),
    path("masuk/ulang/", entered(changes(account.reauthenticate)), name="account_reauthenticate"),
    path("kata-sandi/", views.change_password, name="account_change_password"),
    path("masuk/kode/", public(changes(mfa.authenticate)), name="mfa_authenticate"),
    path("dua-langkah/", entered(changes(mfa.index)), name="mfa_index"),
    path("dua-langkah/ulang/", entered(changes(mfa.reauthenticate)), name="mfa_reauthenticate"),
    path("dua-langkah/pasang/", entered(changes(totp.activate_totp)), name="mfa_activate_totp"),
    path("dua-langkah/lepas/", entered(changes(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path("dua-langkah/cadangan/", entered(changes(recovery.view_recovery_codes)), name="mfa_view_recovery_codes"),
    path(
        "dua-langkah/cadangan/baru/",
        entered(changes(recovery.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "dua-langkah/cadangan/unduh/",
        entered(changes(recovery.download_recovery_codes)),
        name="mfa_download_recovery_codes",
    ),
    path("masuk-peraga/", views.demo_log_in, name="demo_log_in"),
]
