"""The first page: what Nawa is, whom it knows, and the latest map."""
