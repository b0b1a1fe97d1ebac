"""Reading the registry. Every query takes the scope of the reader."""

from nawa.registry.queries.finding import SHORTEST, find_people, find_positions, find_units, named
from nawa.registry.queries.organisation import Population, makeup, population, retiring
from nawa.registry.queries.posts import Duty, Seat, acting_posts, filled, lead, posts, seats, standards
from nawa.registry.queries.scopes import active, people, positions, subtree, units
from nawa.registry.queries.tree import Node, Tree, tree

__all__ = [
    "SHORTEST",
    "Duty",
    "Node",
    "Population",
    "Seat",
    "Tree",
    "acting_posts",
    "active",
    "filled",
    "find_people",
    "find_positions",
    "find_units",
    "lead",
    "makeup",
    "named",
    "people",
    "population",
    "positions",
    "posts",
    "retiring",
    "seats",
    "standards",
    "subtree",
    "tree",
    "units",
]
