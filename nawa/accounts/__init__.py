"""Who may: accounts, roles and permissions as code, grants by unit subtree, delegations; builds the scope."""
