"""What readers see, in both languages; knows nothing else of the library."""
