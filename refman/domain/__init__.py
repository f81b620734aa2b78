"""What a paper, a query, a change and an error are; imports only the standard library."""
