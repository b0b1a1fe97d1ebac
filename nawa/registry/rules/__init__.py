"""What the law says of acting duties and of movements. Nothing here asks the database."""
