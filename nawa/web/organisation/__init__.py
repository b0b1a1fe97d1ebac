"""The organisation: units as a tree, posts with who holds and acts in them."""
