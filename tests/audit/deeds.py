"""What a bulk deed may have done."""

import polars as pl

from nawa.core.sheets import Changes


def changes_of_trainings(count: int = 3) -> Changes:
    """Rows of which the first was corrected and the others are new."""
    rows = pl.DataFrame(
        {
            "row": [f"training-{number:06d}" for number in range(count)],
            "before": ["i1,", *[None] * (count - 1)],
            "after": [f"i{number},t9:Sri Mulya," for number in range(count)],
        },
        schema_overrides={"before": pl.String},
    )
    return Changes("training", "hours:i name:t", rows, unchanged=7)
