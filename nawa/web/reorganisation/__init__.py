"""Reorganisations (*SOTK*): plans, whom they affect, and carrying them out."""
