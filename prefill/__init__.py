"""Facts about an applicant, forms and their filling, documents read, review rules, documents made: pure of HTTP."""
