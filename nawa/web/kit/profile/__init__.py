"""A person's profile as pages and the talent card show it: who, where, the box, its arithmetic and its evidence."""
