"""Users: accounts, their slips, and who holds which role from when to when."""
