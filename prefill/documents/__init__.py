"""Documents that people upload (photos, scans, PDF, DOCX): what they are, what they say, whether they can be used."""
