"""Reading the registry. Every query takes the scope of the reader."""

from nawa.registry.queries.directory import RETIRING_WITHIN, WantedPeople, at_work, directory, makeup
from nawa.registry.queries.finding import SHORTEST, called, find_people, find_posts, find_units
from nawa.registry.queries.organisation import (
    Acting,
    Population,
    Seats,
    acting_in_managerial_posts,
    managerial_seats,
    population,
)
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
from nawa.registry.queries.scopes import active, names_by_nip, nips_named, only, people, positions, subtree, units
from nawa.registry.queries.tree import Node, Numbers, Tree, tree

__all__ = [
    "RETIRING_WITHIN",
    "SHORTEST",
    "Acting",
    "Duty",
    "Node",
    "Numbers",
    "Population",
    "Seat",
    "Seats",
    "Tree",
    "WantedPeople",
    "WantedPosts",
    "acting_in_managerial_posts",
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
    "managerial_seats",
    "names_by_nip",
    "nips_named",
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
