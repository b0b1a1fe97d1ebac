"""Log-in, activation, second factor, language."""
