"""HTTP: routers, schemas, server-sent events, errors. The only package that knows HTTP."""
