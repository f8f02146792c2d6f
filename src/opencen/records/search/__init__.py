"""Text search and list queries with facets: what a person types and chooses, answered under the lock."""
