"""Policy: the law as dated, cited data, checked and made into the engine's parameters; and sentences for all codes."""

from nawa.policy.loading import Policy, check, load, shipped
from nawa.policy.problems import PolicyRefused, Problem
from nawa.policy.provisions import Provision

__all__ = ["Policy", "PolicyRefused", "Problem", "Provision", "check", "load", "shipped"]
