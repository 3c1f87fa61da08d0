"""Who works here: staff accounts, sign-in, and what each role may do. Citizens need no account."""
