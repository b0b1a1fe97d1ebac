"""Pergerakan: two maps side by side, who stands elsewhere, and what moved them."""
