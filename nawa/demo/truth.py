"""The hidden truth behind the evidence, for tests of measurement. Nothing in the application reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nawa.demo.assessment import Assessed, assessor_code
from nawa.demo.people import ASPECTS, COMPETENCIES, Population
from nawa.demo.public_services import Service


@dataclass(frozen=True, slots=True)
class Truth:
    """Real traits of people (standard scores), severity of raters and assessors, effects of heads on service."""

    person: pl.DataFrame  # nip, ability, diligence, leadership, competence_1 …, potential_1 …
    rater: pl.DataFrame  # nip, severity in standard deviations of the quality they judge; positive is severe
    assessor: pl.DataFrame  # assessor, severity in levels
    head: pl.DataFrame  # unit_code, head_nip, effect in points of the satisfaction index
    service: pl.DataFrame  # unit_code, period, head_nip, index and wait as they really were


def uncover(people: Population, raters: set[str], assessed: Assessed, service: Service) -> Truth:
    """Gather what the process knew."""
    traits = people.traits
    columns: dict[str, object] = {
        "nip": people.nip.tolist(),
        "ability": traits.ability,
        "diligence": traits.diligence,
        "leadership": traits.leadership,
    }
    columns |= {f"competence_{number + 1}": traits.competence[:, number] for number in range(COMPETENCIES)}
    columns |= {f"potential_{number + 1}": traits.potential[:, number] for number in range(ASPECTS)}
    rating = pl.DataFrame({"nip": people.nip.tolist(), "severity": traits.severity})
    return Truth(
        person=pl.DataFrame(columns),
        rater=rating.filter(pl.col("nip").is_in(sorted(raters))),
        assessor=pl.DataFrame(
            {
                "assessor": [assessor_code(place) for place in range(len(assessed.severity))],
                "severity": assessed.severity,
            }
        ),
        head=service.effects,
        service=service.truth,
    )


def write_truth(path: Path, truth: Truth) -> None:
    """Write the truth as one JSON file: an object of tables, each an object of columns."""
    tables = {name: getattr(truth, name).to_dict(as_series=False) for name in Truth.__slots__}
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


def read_truth(path: Path) -> Truth:
    """Read what `write_truth` wrote."""
    tables = json.loads(path.read_text(encoding="utf-8"))
    return Truth(**{name: pl.DataFrame(columns) for name, columns in tables.items()})
