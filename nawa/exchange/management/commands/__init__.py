"""Commands of the worker: it stands above all apps that queue work."""
