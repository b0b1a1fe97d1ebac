"""The synthetic city and its hidden truth. A pure room: no Django, no clock, no network."""
