"""Reading the registry. Every query takes the scope of the reader."""

from nawa.registry.queries.organisation import Population, population
from nawa.registry.queries.scopes import active, names_by_nip, nips_named, people, positions, subtree, units

__all__ = [
    "Population",
    "active",
    "names_by_nip",
    "nips_named",
    "people",
    "population",
    "positions",
    "subtree",
    "units",
]
