"""A small OpenID Connect client: authorization code with PKCE, and HelseID's profile. Knows no Django and no database.

`providers` reads what the operator has set up, `transport` makes the calls, `tokens` makes and checks signed tokens,
`client` walks through the steps.
"""
