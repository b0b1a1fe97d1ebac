"""What a worker does with uploads: checks them, applies them, undoes them. Each deed is whole, or nothing of it is."""

from nawa.exchange.tasks.working import carry_out, end_without_result, perform, tell_end

__all__ = ["carry_out", "end_without_result", "perform", "tell_end"]
