"""Reading pictures of pages: text with its place, and the order in which it is read."""
