"""One outbound check a file, each explaining itself."""
