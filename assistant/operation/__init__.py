"""Running the product: emergency switches, watching for risks, and deleting what has been kept long enough."""
