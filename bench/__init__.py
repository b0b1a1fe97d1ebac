"""Benchmarks: each figure with its command, its peak memory and its ratio to a plain baseline of the same run."""
