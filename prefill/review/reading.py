"""The role of whoever reads a material that came as a file; the model or the OCR reads, it never decides."""

from typing import Protocol

from prefill.review.application import SubmittedMaterial


class MaterialReader(Protocol):
    """Reads a picture, scan or office file into fields."""

    def read(self, material: SubmittedMaterial, content: bytes) -> SubmittedMaterial:
        """The material with what was read: its name corrected to what the document is, its fields filled.

        What could not be read is marked `清晰: False`; a fact that was read with doubt is left out.
        """
        ...
