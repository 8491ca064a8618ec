"""What lines of search say to people."""

from schakel.trail.acts import Family, declare, declare_kinds

declare(Family.SYSTEM, {"indexed": ("maakte … doorzoekbaar", "indexed")})
declare_kinds({"search": ("zoekindex", "search index")})
