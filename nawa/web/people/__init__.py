"""People: the directory and the talent profile."""
