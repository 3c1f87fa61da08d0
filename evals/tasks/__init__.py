"""One file a task: reads cases, calls the product, returns rows."""
