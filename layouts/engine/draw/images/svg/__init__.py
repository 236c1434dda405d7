"""SVG drawings: checked, rewritten into a plain form that can be trusted, and turned into PDF operators."""
