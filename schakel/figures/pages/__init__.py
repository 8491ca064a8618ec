"""What the pages of figures show, from the answers of the counting process: a file a noun."""
