"""Units, posts and the organisation's tree."""
