"""Password hashing for the tests: the installation's own way with few rounds, so that no log-in costs a second."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FewRounds(PBKDF2PasswordHasher):
    """A thousandth of the rounds that keep a stolen table of passwords safe; the tests have none worth stealing."""

    iterations = 1_000
