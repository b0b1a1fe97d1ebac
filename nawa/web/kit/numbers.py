"""Numbers as pages write them: rounded half up, as many decimals as asked for."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format


def rounded(value: float, places: int) -> Decimal:
    """Return a number with so many decimals, half up."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def written(value: float, places: int) -> str:
    """Return a number as the language writes it, with so many decimals."""
    return number_format(rounded(value, places), places)


def percent(part: float, whole: float, places: int = 1) -> str:
    """Return a share in percent as the language writes it; a dash where there is nothing to share."""
    return f"{written(100 * part / whole, places)}%" if whole else "–"
