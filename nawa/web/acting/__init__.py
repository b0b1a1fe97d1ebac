"""The desk of acting duties: letters, limits, who holds several, and what ends soon."""
