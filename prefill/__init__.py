"""Facts about an applicant, forms and how they are filled, documents read, review rules, documents made: pure of HTTP."""
