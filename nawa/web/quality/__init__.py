"""Data quality: how complete and how consistent the records are, and what to chase."""
