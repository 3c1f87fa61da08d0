"""Who did, saw or changed what: one chain of entries that cannot be edited without being found out."""
