import hashlib

import pytest

from nawa.proof.sealing import new_key, salt, salts, seal

KEY = bytes(range(32))


def test_salts_are_pieces_of_one_keyed_stream() -> None:
    stream = hashlib.shake_256(b"nawa.salt/1\0" + KEY + b"training 7").digest(96)
    assert salts(KEY, "training 7", 3) == [stream[:32], stream[32:64], stream[64:]]
    assert salt(KEY, "training 7") == stream[:32]


def test_another_key_or_name_gives_other_salts() -> None:
    drawn = {salt(key, name) for key in (KEY, new_key()) for name in ("a", "b", "a b")}
    assert len(drawn) == 6


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError):
        salt(KEY[1:], "a")


def test_sealed_data_can_be_checked_with_the_salt() -> None:
    own = salt(KEY, "training 7")
    assert seal(own, b"data") == hashlib.sha256(own + b"data").digest()
