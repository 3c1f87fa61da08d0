"""`xiaoshen serve`: the product on one address."""

import socket
from typing import Annotated

import typer

from cli.options import Home, settings_for
from cli.output import console_for


def serve(
    home: Home = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; default 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; default 8000.")] = None,
) -> None:
    """Serve the chat page and the API until interrupted."""
    import uvicorn

    from app import create_app
    from assistant.bootstrap import build_product
    from assistant.identity.sign_in import refuse_beyond_loopback
    from assistant.web.bounded_http import BoundedHttp
    from assistant.web.hosts import names_of
    from assistant.web.lean_sockets import LeanSockets

    settings = settings_for(home)
    changes = {k: v for k, v in {"host": host, "port": port}.items() if v is not None}
    settings = settings.model_copy(update=changes)
    listener = bind(settings.host, settings.port)
    console = console_for(None)
    console.print("Starting Xiao Shen …")
    with build_product(settings, say=lambda line: console.print(f"  {line}")) as product:
        staff = product.staff()
        refuse_beyond_loopback(settings.host, examples=staff.examples, public_url=settings.public_url)
        services, citizens, handoff = product.services(), product.citizens(), product.handoff()
        app = create_app(
            services,
            staff,
            product.console(services, staff),
            product.operating(staff),
            citizens=citizens,
            cases=product.cases(citizens),
            rates=product.rates(),
            handoff=handoff,
            clerk=product.clerk(services, staff, handoff),
            names=names_of(settings),
        )
        console.print(f"Xiao Shen 小申: http://{settings.host}:{settings.port}   (Ctrl-C stops)")
        console.print(f"Knowledge console: http://{settings.host}:{settings.port}/console")
        console.print(f"Clerks' desk: http://{settings.host}:{settings.port}/desk")
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                http=BoundedHttp,
                timeout_graceful_shutdown=5,
                server_header=False,
                # a socket that may compress keeps 300 kB ready for it; messages of a few words gain nothing
                ws_per_message_deflate=False,
                ws_max_size=64 * 1024,
                ws=LeanSockets,
                proxy_headers=settings.trusted_proxies is not None,
                forwarded_allow_ips=settings.trusted_proxies or "",
            )
        )
        with product.tended():
            server.run(sockets=[listener])


def bind(host: str, port: int) -> socket.socket:
    """Take the port before anything slow happens, so that a taken port is said at once. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
