"""Reading the registry. Every query takes the scope of the reader."""

from nawa.registry.queries.organisation import (
    Acting,
    Population,
    Seats,
    acting_in_managerial_posts,
    managerial_seats,
    population,
)
from nawa.registry.queries.scopes import active, called, people, positions, subtree, units

__all__ = [
    "Acting",
    "Population",
    "Seats",
    "acting_in_managerial_posts",
    "active",
    "called",
    "managerial_seats",
    "people",
    "population",
    "positions",
    "subtree",
    "units",
]
