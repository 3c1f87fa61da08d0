"""What the product is measured against: plain recipes a reader would write in an afternoon."""
