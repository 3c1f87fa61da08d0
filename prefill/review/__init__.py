"""Pre-review (预审): rules as data judge an application; pass, return or a person, each point with its reason."""
