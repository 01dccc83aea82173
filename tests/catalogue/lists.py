"""Small files of our own, in the shape of the real ones and with the dirt that real ones have."""

from __future__ import annotations

LGSL_HEADER = "Identifier,Label,Status,Description,Created,Modified,History notes,Type"


def row(code: str = "1", name: str = "Park benches", status: str = "Live", description: str = "Sit.") -> str:
    return f"{code},{name},{status},{description},03/04/2013,25/01/2019,Added.,Service"


def lgsl(*rows: str | bytes, header: str = LGSL_HEADER, end: bytes = b"\n", mark: bool = True) -> bytes:
    """The bytes of a file with these rows; `mark` puts the byte order mark in front, as the real one has."""
    lines = [header, *rows]
    text = end.join(line if isinstance(line, bytes) else line.encode() for line in lines) + end
    return (b"\xef\xbb\xbf" if mark else b"") + text


UPL_HEADER = (
    "UniformeProductnaam,URI,Rijk,Provincie,Waterschap,Gemeente,Burger,Bedrijf,Dienstenwet,SDG,Autonomie,"
    "Medebewind,Aanvraag,Subsidie,Melding,Verplichting,DigiDMacht,Grondslag,Grondslaglabel,Grondslaglink"
)
UPL_TERMS = "http://standaarden.overheid.nl/owms/terms/"


def upl_row(term: str, name: str, ground: str = "", state: str = "") -> str:
    return f"{name},{UPL_TERMS}{term},{state},,,X,X,,,,,,,,,,,{ground},{ground},"


def upl(*rows: str) -> bytes:
    return "\n".join([UPL_HEADER, *rows, ""]).encode()
