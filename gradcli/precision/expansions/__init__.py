"""One-sided expansions: what numbers become beside a point, with coefficients that are enclosed.

`series` says what an expansion is, `powers`, `functions`, `choices` and `meanings` what every operator makes of it, and
`beside` expands a formula to one side of a point.
"""
