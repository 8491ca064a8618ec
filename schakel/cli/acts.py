"""What lines about running say to people."""

from schakel.trail.acts import declare_kinds

declare_kinds({"job": ("taak van het systeem", "job")})
