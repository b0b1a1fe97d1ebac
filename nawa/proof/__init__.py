"""Proof: canonical bytes, salted commitments and Merkle trees, so that others can check without trusting us."""
