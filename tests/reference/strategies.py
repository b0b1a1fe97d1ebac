"""Hypothesis strategies: a few people that shrink, or a crowd by its seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hypothesis import strategies as st

from nawa.engine.parameters import Parameters
from tests.reference.people import REFERENCE_DATES, Tables, population
from tests.reference.profiles import variation


@dataclass(frozen=True, slots=True)
class Case:
    """One input of the engine."""

    tables: Tables
    parameters: Parameters
    on: date


def case(chance: Random, people: int) -> Case:
    """People, a policy and a reference date from any source of chance."""
    parameters = variation(chance)
    on = chance.choice(REFERENCE_DATES)
    return Case(population(chance, parameters, on, people), parameters, on)


@st.composite
def small_cases(draw: st.DrawFn) -> Case:
    """One to six people; a failure shrinks to the fewest rows."""
    chance = draw(st.randoms(use_true_random=False))
    return case(chance, draw(st.integers(1, 6)))


def crowds(people: int) -> st.SearchStrategy[Case]:
    """That many people by a seed: many, quickly, for engines that take long to start."""
    return st.integers(0, 2**32 - 1).map(lambda seed: case(Random(seed), people))
