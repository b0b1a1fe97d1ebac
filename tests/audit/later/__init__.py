"""A later release of the audit app."""
