"""What exists; reads, never changes."""
