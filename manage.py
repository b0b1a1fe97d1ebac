#!/usr/bin/env python
"""Django's own commands (migrate, makemigrations, check); Nawa's are under ``nawa``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nawa.settings")
    execute_from_command_line(sys.argv)
