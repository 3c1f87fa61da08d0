"""The steps of one turn, one file each."""
