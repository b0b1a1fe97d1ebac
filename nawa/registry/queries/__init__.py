"""Reading the registry. Every query takes the scope of the reader."""

from nawa.registry.queries.directory import RETIRING_WITHIN, WantedPeople, at_work, directory, makeup
from nawa.registry.queries.finding import SHORTEST, called, find_people, find_posts, find_units
from nawa.registry.queries.organisation import Population, population
from nawa.registry.queries.posts import (
    Duty,
    Seat,
    WantedPosts,
    lead,
    listed_posts,
    post_by_code,
    post_by_id,
    seats,
    seats_of_unit,
    standards,
    with_units,
)
from nawa.registry.queries.scopes import active, only, people, positions, subtree, units
from nawa.registry.queries.tree import Node, Numbers, Tree, tree

__all__ = [
    "RETIRING_WITHIN",
    "SHORTEST",
    "Duty",
    "Node",
    "Numbers",
    "Population",
    "Seat",
    "Tree",
    "WantedPeople",
    "WantedPosts",
    "active",
    "at_work",
    "called",
    "directory",
    "find_people",
    "find_posts",
    "find_units",
    "lead",
    "listed_posts",
    "makeup",
    "only",
    "people",
    "population",
    "positions",
    "post_by_code",
    "post_by_id",
    "seats",
    "seats_of_unit",
    "standards",
    "subtree",
    "tree",
    "units",
    "with_units",
]
