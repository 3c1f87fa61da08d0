"""What unsafe, manipulating and desperate messages look like: patterns, one kind a file, matched on normalized text."""
