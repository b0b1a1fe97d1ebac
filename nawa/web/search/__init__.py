"""The search box of the top bar: people, posts, units and pages."""
