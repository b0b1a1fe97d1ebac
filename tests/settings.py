"""Settings of the tests: the installation's own, with plain static files, cheap passwords and a folder of their own."""

import os
from pathlib import Path

os.environ["NAWA_VAR"] = str(Path(__file__).resolve().parent.parent / "var" / "tests")
os.environ["NAWA_SECRET_KEY"] = "known to all, for tests only"

from nawa.settings import *  # noqa: F403
from nawa.settings import DATABASES, STATIC_ROOT

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
PASSWORD_HASHERS = ["tests.passwords.FewRounds"]
DATABASES["default"]["CONN_MAX_AGE"] = 0  # the browser tests' server keeps no connection after its answer
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
