"""Reading the registry. Every query takes the scope of the reader."""

from nawa.registry.queries.organisation import Population, population
from nawa.registry.queries.scopes import active, called, people, positions, subtree, units

__all__ = ["Population", "active", "called", "people", "population", "positions", "subtree", "units"]
