"""Our speed beside others: README.md."""
