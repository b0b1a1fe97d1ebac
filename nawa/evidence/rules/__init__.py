"""What may happen to the evidence now, and why not."""
