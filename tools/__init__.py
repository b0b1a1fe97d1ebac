"""How the working tree is prepared, served and checked; run by make."""
