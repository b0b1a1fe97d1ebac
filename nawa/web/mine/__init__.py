"""What an employee sees of themselves."""
