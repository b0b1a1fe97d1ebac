"""Kelengkapan Register: which units have declared which registers complete, and the letters by which they did."""
