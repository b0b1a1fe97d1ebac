"""The application that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nawa.settings")
application = get_wsgi_application()

from nawa.web.kit.warming import warm  # noqa: E402 (needs the settings)

warm()
connections.close_all()  # no request comes in this thread
