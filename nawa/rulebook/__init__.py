"""The rulebook: versions of policies, drafted, approved by a second person, effective from a day."""
