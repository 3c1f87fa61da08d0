import { readFileSync } from "node:fs";

import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import { expect, it } from "vitest";

// tests/e2e/test_chat_api.py checks the other half: that openapi.json is what the server says.
it("the committed types are those of the committed OpenAPI document", async () => {
  const ast = await openapiTS(new URL("openapi.json", import.meta.url), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    alphabetize: true,
  });
  const committed = readFileSync(new URL("api.ts", import.meta.url), "utf8");
  expect(committed, "Run `npm run types`.").toBe(`${COMMENT_HEADER}${astToString(ast)}`);
}, 20_000);
