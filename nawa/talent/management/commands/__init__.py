"""Django commands of the talent app."""
