"""Lists taken from packages: one file a package, each with LISTS, the loader of every list by its name."""
