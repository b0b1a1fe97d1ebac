"""Units, posts, people and their careers: a mirror of the institution's own records."""
