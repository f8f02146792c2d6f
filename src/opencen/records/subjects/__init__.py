"""What suspects, companies and conveyances have in common: parts of documents, projections, rules."""
