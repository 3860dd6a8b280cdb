// Writes src/shared/api/schema.d.ts from the server's OpenAPI document; with --check fails when it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";

const SOURCE = new URL("../../openapi/openapi.json", import.meta.url);
const TARGET = new URL("../src/shared/api/schema.d.ts", import.meta.url);

const document = JSON.parse(readFileSync(SOURCE, "utf8"));
const text = COMMENT_HEADER + astToString(await openapiTS(document, { alphabetize: true }));
if (!process.argv.includes("--check")) {
  writeFileSync(TARGET, text);
} else if (readFileSync(TARGET, "utf8") !== text) {
  console.error("src/shared/api/schema.d.ts is stale: run `npm run gen:api` and commit it.");
  process.exit(1);
}
