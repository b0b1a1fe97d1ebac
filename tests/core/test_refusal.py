import pytest

from nawa.core.refusal import Reason, Refusal, refuse_if


def test_without_a_reason_nothing_is_refused() -> None:
    refuse_if([])


def test_a_refusal_carries_every_reason_in_order() -> None:
    reasons = [Reason("person.retired"), Reason("post.taken", {"post": "abc"})]
    with pytest.raises(Refusal, match=r"person\.retired; post\.taken\(post=abc\)") as refused:
        refuse_if(iter(reasons))
    assert refused.value.reasons == tuple(reasons)


def test_what_a_reason_tells_cannot_be_changed_afterwards() -> None:
    told = {"post": "abc"}
    reason = Reason("post.taken", told)
    told["post"] = "other"
    assert reason.arguments["post"] == "abc"
    with pytest.raises(TypeError):
        reason.arguments["post"] = "other"  # type: ignore[index]
