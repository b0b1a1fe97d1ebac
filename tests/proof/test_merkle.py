import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nawa.proof.merkle import EMPTY_ROOT, Tree, includes, leaf_hash, root_from_proof

# The eight entries and the roots of their first n that implementations of Certificate Transparency test against.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def plain_root(data: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    split = 1
    while split * 2 < len(data):
        split *= 2
    return hashlib.sha256(b"\x01" + plain_root(data[:split]) + plain_root(data[split:])).digest()


def plain_path(index: int, data: list[bytes]) -> list[bytes]:
    """The audit path of RFC 6962, section 2.1.1, word for word."""
    if len(data) == 1:
        return []
    split = 1
    while split * 2 < len(data):
        split *= 2
    if index < split:
        return [*plain_path(index, data[:split]), plain_root(data[split:])]
    return [*plain_path(index - split, data[split:]), plain_root(data[:split])]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_known_vectors(size: int) -> None:
    assert Tree.over(ENTRIES[:size]).root.hex() == ROOTS[size - 1]


def test_the_tree_without_leaves_has_the_hash_of_nothing() -> None:
    assert Tree.over([]).root == EMPTY_ROOT == hashlib.sha256().digest()


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
def test_root_and_every_path_agree_with_the_words_of_the_rfc(data: list[bytes]) -> None:
    tree = Tree.over(data)
    assert tree.root == plain_root(data)
    assert [tree.proof(index) for index in range(len(data))] == [plain_path(index, data) for index in range(len(data))]


@given(st.integers(1, 200), st.data())
def test_a_path_proves_its_leaf_in_its_place_and_no_other(size: int, draw: st.DataObject) -> None:
    tree = Tree.over(number.to_bytes(2, "big") for number in range(size))
    index = draw.draw(st.integers(0, size - 1))
    other = draw.draw(st.integers(0, size))
    path = tree.proof(index)
    assert includes(tree.root, tree.leaves[index], index, size, path)
    assert includes(tree.root, tree.leaves[index], other, size, path) == (other == index)
    assert not includes(tree.root, leaf_hash(b"another"), index, size, path)


@given(st.integers(2, 100), st.data())
def test_a_path_with_one_changed_missing_or_added_hash_proves_nothing(size: int, draw: st.DataObject) -> None:
    tree = Tree.over(number.to_bytes(2, "big") for number in range(size))
    index = draw.draw(st.integers(0, size - 1))
    path = tree.proof(index)
    place = draw.draw(st.integers(0, len(path) - 1))
    changed = [*path[:place], bytes(32), *path[place + 1 :]]
    for wrong in (changed, path[:-1], [*path, bytes(32)]):
        assert not includes(tree.root, tree.leaves[index], index, size, wrong)


def test_an_inner_node_cannot_pass_for_a_leaf() -> None:
    tree = Tree.over([b"a", b"b"])
    left, right = tree.leaves
    assert Tree.over([left + right]).root != tree.root


def test_there_is_no_path_outside_the_tree() -> None:
    tree = Tree.over([b"a", b"b"])
    with pytest.raises(IndexError):
        tree.proof(2)
    assert root_from_proof(tree.leaves[0], 2, 2, []) is None
