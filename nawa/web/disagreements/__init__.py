"""Perbedaan Sumber: verified facts that a file says otherwise, both values side by side."""
