import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.core.models import Computation, Education, Person, Position, Standard, Unit


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Put up the tables of the test models beside those of the installed apps, before any test's transaction."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in (Person, Unit, Education, Position, Standard, Computation):
            editor.create_model(model)
