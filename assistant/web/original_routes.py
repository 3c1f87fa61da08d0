"""Routes to the originals of documents that citizens may read: the file, and its pages as pictures."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import FileResponse

from assistant.web.errors import UnknownSource
from assistant.web.services import Services
from knowledge.passages import DocumentVersion, VersionState


def originals_of_citizens(services: Services) -> APIRouter:
    """The routes, bound to the services."""
    router = APIRouter(prefix="/documents")

    @router.get("/{name}/original", response_class=FileResponse)
    def original(name: str, version: str | None = None) -> FileResponse:
        """The file as the office sent it, always as a download: it is never run or shown in our page."""
        document = readable_document(services, name, version)
        path = services.originals.original(document.sha256)
        if path is None or not path.is_file():
            raise UnknownSource
        return FileResponse(path, media_type="application/octet-stream", filename=document.name)

    @router.get("/{name}/versions/{version}/pages/{page}", response_class=FileResponse)
    def page(name: str, version: str, page: Annotated[int, Path(ge=1)]) -> FileResponse:
        """A page of the original as a picture, so that a citation can be seen at its place."""
        document = readable_document(services, name, version)
        picture = services.pages_of_originals.page(document.sha256, page)
        if picture is None:
            raise UnknownSource
        return FileResponse(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})

    return router


def readable_document(services: Services, name: str, version: str | None) -> DocumentVersion:
    """The version that was named, or the one in force; what was never published or was withdrawn is not shown."""
    found = (
        services.knowledge.document(name, services.clock().date())
        if version is None
        else services.knowledge.version(version)
    )
    hidden = {VersionState.DRAFT, VersionState.REVIEWED, VersionState.WITHDRAWN}
    if found is None or found.name != name or found.state in hidden:
        raise UnknownSource
    return found
