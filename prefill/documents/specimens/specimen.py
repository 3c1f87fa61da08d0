"""One specimen: the picture and what truly stands on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """`fields` are in the words and forms in which a reader returns them."""

    kind: str
    image: Image.Image
    fields: Mapping[str, str]
    sealed: bool = False
    signed: bool | None = None
