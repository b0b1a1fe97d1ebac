"""Seeded chance: the same words on every machine, independent streams, the promised shapes."""

import numpy as np

from nawa.demo.chance import Streams, shares


def test_the_first_numbers_of_a_stream_are_pinned() -> None:
    drawn = Streams(1).of("people").uniform(3).tolist()
    assert drawn == [0.8288552740774219, 0.6022239229816957, 0.4688132476319202]


def test_streams_of_one_seed_differ_by_name_and_do_not_disturb_each_other() -> None:
    streams = Streams(1)
    first = streams.of("people").uniform(5)
    streams.of("names").uniform(1000)
    assert np.array_equal(streams.of("people").uniform(5), first)
    assert not np.array_equal(streams.of("names").uniform(5), first)
    assert not np.array_equal(Streams(2).of("people").uniform(5), first)


def test_normal_numbers_have_mean_zero_variance_one_and_bounded_tails() -> None:
    drawn = Streams(7).of("normal").normal(50_000)
    assert abs(drawn.mean()) < 0.02
    assert abs(drawn.var() - 1) < 0.03
    assert np.abs(drawn).max() <= 6


def test_places_are_picked_as_often_as_their_weights_say() -> None:
    picked = Streams(7).of("pick").pick([0.5, 0.0, 0.2, 0.3], 20_000)
    counts = np.bincount(picked, minlength=4) / 20_000
    assert counts[1] == 0
    assert np.allclose(counts, [0.5, 0, 0.2, 0.3], atol=0.015)


def test_a_sample_holds_different_places_in_rising_order() -> None:
    sample = Streams(7).of("sample").sample(40, 100)
    assert len(sample) == 40
    assert (np.diff(sample) > 0).all()
    assert sample.max() < 100


def test_shares_add_up_whatever_the_remainders() -> None:
    assert shares([1, 1, 1], 10) == [4, 3, 3]
    assert shares([0, 2, 1], 7) == [0, 5, 2]
    assert sum(shares([0.3, 0.11, 5.7, 1 / 3], 9_999)) == 9_999
