"""Django commands of the exchange app."""
