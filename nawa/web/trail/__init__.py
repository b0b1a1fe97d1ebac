"""What happened, and who has looked at whom."""
