"""`xiaoshen register-example`: a register server with invented people, so that prefill has something to ask."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.output import STDOUT, console_for


def register_example(
    port: Annotated[int, typer.Option(help="Port to listen on, loopback only.", min=1, max=65535)] = 8010,
    token: Annotated[str | None, typer.Option(help="Ask for this token; default none.")] = None,
) -> None:
    """Serve the example registers until interrupted; then run the product with XIAOSHEN_REGISTERS_URL on them."""
    import uvicorn

    from assistant.web.example_register import create_example_register, invented_people

    console_for(STDOUT).print(
        f"http://127.0.0.1:{port} · invented subjects: {', '.join(invented_people())}", markup=False
    )
    app = create_example_register(datetime.now(UTC).astimezone().date(), token)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
