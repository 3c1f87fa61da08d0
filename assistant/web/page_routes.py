"""Routes of the built page: the document with its policy, and hashed assets that browsers may keep for ever."""

import secrets
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.web.errors import NotFound, PagesNotBuilt
from assistant.web.middleware import page_policy
from assistant.web.services import Services

NONCE_PLACEHOLDER = "__CSP_NONCE__"
FOREVER = "public, max-age=31536000, immutable"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}


def page_router(services: Services) -> APIRouter:
    """The routes, bound to the folder of the built page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def citizen_page() -> Response:
        return _page(services.pages / "citizen" / "index.html", frames=False)

    @router.get("/console")
    @router.get("/console/{place:path}")
    def console_page() -> Response:
        """One page; it reads its place from the address."""
        return _page(services.pages / "console" / "index.html", frames=True)

    @router.get("/desk")
    @router.get("/desk/{place:path}")
    def desk_page() -> Response:
        """The clerks' page; it reads its place from the address."""
        return _page(services.pages / "desk" / "index.html", frames=False)

    @router.get("/assets/{name}")
    def asset(request: Request, name: str) -> Response:
        return _file(services.pages / "assets", name, request, FOREVER)

    @router.get("/{name}")
    def beside_the_page(request: Request, name: str) -> Response:
        return _file(services.pages, name, request, "no-cache")

    return router


def _page(built: Path, *, frames: bool) -> Response:
    if not built.is_file():
        raise PagesNotBuilt
    nonce = secrets.token_urlsafe(16)
    html = built.read_text(encoding="utf-8").replace(NONCE_PLACEHOLDER, nonce)
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": page_policy(nonce, frames=frames)}
    return HTMLResponse(html, headers=headers)


def _file(folder: Path, name: str, request: Request, cache: str) -> Response:
    path = folder / name
    # `name` is one path segment; this also keeps out "..", dot files and the compressed twins themselves.
    if path.suffix not in MEDIA_TYPES or path.parent != folder or not path.is_file():
        raise NotFound
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in ENCODINGS:
        twin = path.with_name(path.name + suffix)
        if encoding in accepted and twin.is_file():
            headers["Content-Encoding"] = encoding
            return FileResponse(twin, media_type=MEDIA_TYPES[path.suffix], headers=headers)
    return FileResponse(path, media_type=MEDIA_TYPES[path.suffix], headers=headers)
