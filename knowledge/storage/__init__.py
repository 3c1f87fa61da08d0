"""The truth: tables and repositories of documents, versions, passages, items and policies."""
