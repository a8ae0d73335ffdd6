"""What makes the repository's own files; no part of the library."""
