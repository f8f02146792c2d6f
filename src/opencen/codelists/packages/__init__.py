"""Lists taken from packages: one file a package, each with LISTS: version and loader of every list by its name."""
