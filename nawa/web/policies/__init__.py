"""Kebijakan: versions of policies, what they say and change, drafts and what these would do."""
