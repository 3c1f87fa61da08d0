"""The one way evaluations run: cases go through the product once, on record, and are scored from what was recorded."""
