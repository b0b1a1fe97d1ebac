"""Template tags of all areas."""
