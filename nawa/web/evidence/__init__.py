"""Facts that employees submit about themselves, and how they are verified."""
