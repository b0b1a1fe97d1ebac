import pytest

from nawa.core.actor import Actor, ActorKind
from nawa.core.ids import LENGTH, LONGEST, derived_id, is_opaque, public_id
from nawa.core.scope import Scope


def test_an_actor_is_told_by_kind_and_id() -> None:
    assert str(Actor.system("demo")) == "system:demo"
    assert str(Actor.command_line()) == "command_line:nawa"
    assert str(Actor(ActorKind.USER, "abc")) == "user:abc"


@pytest.mark.parametrize("name", ["197806262002042002", "Budi Santoso", "budi@semarang.go.id", "", "x" * (LONGEST + 1)])
def test_an_actor_is_never_named_by_anything_personal(name: str) -> None:
    with pytest.raises(ValueError):
        Actor(ActorKind.USER, name)


def test_public_ids_are_opaque_and_differ() -> None:
    made = {public_id() for _ in range(500)}
    assert len(made) == 500
    assert all(is_opaque(name) and len(name) == LENGTH for name in made)


def test_a_derived_id_follows_from_its_parts_and_key_alone() -> None:
    assert derived_id("a", "b") == derived_id("a", "b") == "n5akisadusnmbj5wyvhzvswlde"
    assert len({derived_id("a", "b"), derived_id("ab"), derived_id("b", "a"), derived_id("a", "b", key=b"k")}) == 4


@pytest.mark.parametrize(
    "name", ["8ae482885b2a6e0a015b3a1d3a0b5a2f", "550e8400-e29b-41d4-a716-446655440000", "education-300000", "a"]
)
def test_ids_of_other_systems_may_stand_as_they_are(name: str) -> None:
    assert is_opaque(name)


@pytest.mark.parametrize("name", ["x3374010101800001", "-a", "a-", "a b", "é", "a\n"])
def test_what_could_tell_something_is_no_id(name: str) -> None:
    assert not is_opaque(name)


def test_a_scope_is_everything_some_subtrees_or_nothing() -> None:
    assert Scope.everything().all_units
    assert Scope.below("1", "2").subtrees == {"1", "2"}
    assert [scope.is_empty for scope in (Scope.everything(), Scope.below("1"), Scope.nothing(), Scope.below())] == [
        False, False, True, True,
    ]  # fmt: skip
    with pytest.raises(ValueError):
        Scope(frozenset({"1"}), all_units=True)
