"""What the database refuses of evidence, whoever writes to it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, models, transaction

from nawa.evidence.models import CompetencyAssessment, Discipline, Feedback, PerformanceRating, TechnicalScore, Training
from nawa.registry.models import Person

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


@pytest.fixture
def person() -> Person:
    return Person.objects.create(nip="1" * 18, name="Sri", position_name="Arsiparis", source="WORKBOOK")


def refuses(row: models.Model) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return True


def test_who_gave_feedback_is_kept_of_superiors_and_oneself_only(person: Person) -> None:
    kept = {"person": person, "period": "2025", "value": 4, "rater_nip": "2" * 18, "source": "WORKBOOK"}
    Feedback.objects.create(**kept, relation="ATASAN")
    assert refuses(Feedback(**kept, relation="REKAN"))
    assert refuses(Feedback(**kept, relation=""))


def test_a_year_is_rated_once_and_so_is_each_part_of_it(person: Person) -> None:
    PerformanceRating.objects.create(person=person, year=2025, rating="BAIK", source="WORKBOOK")
    PerformanceRating.objects.create(person=person, year=2025, period="TW1", rating="BAIK", source="WORKBOOK")
    assert refuses(PerformanceRating(person=person, year=2025, rating="KURANG", source="WORKBOOK"))


def test_a_rating_says_something(person: Person) -> None:
    assert refuses(PerformanceRating(person=person, year=2025, source="WORKBOOK"))


def test_a_level_lies_between_nought_and_five_with_its_fraction(person: Person) -> None:
    assessed = {"person": person, "assessed_on": DAY, "source": "WORKBOOK"}
    CompetencyAssessment.objects.create(**assessed, competency="INTEGRITAS", level=Decimal("4.9999"))
    assert CompetencyAssessment.objects.get().level == Decimal("4.9999")
    assert refuses(CompetencyAssessment(**assessed, competency="KERJA_SAMA", level=Decimal("5.0001")))


def test_a_technical_score_is_held_against_a_post_or_a_family(person: Person) -> None:
    scored = {"person": person, "assessed_on": DAY, "score": 80, "source": "WORKBOOK"}
    TechnicalScore.objects.create(**scored, family="Keuangan")
    assert refuses(TechnicalScore(**scored))
    assert refuses(TechnicalScore(**scored, family="Keuangan"))


def test_a_sanction_does_not_end_before_it_starts(person: Person) -> None:
    assert refuses(
        Discipline(person=person, level="RINGAN", started_on=DAY, ended_through=date(2025, 2, 1), source="WORKBOOK")
    )


def test_a_fact_has_a_source(person: Person) -> None:
    assert refuses(Training(person=person, name="Diklat", completed_on=DAY, source=""))
