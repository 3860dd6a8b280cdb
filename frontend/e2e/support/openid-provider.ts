/** A real OpenID Connect provider, as a process of its own: the one that the server's tests use. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const PROGRAM = resolve(import.meta.dirname, "../../../backend/tests/openid-provider/server.mjs");

/** Its issuer, and how to end it. People are claims by subjects; whoever names a subject is signed in. */
export async function startProvider(people: Record<string, Record<string, unknown>>) {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(people)], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const printed = await Promise.race([once(child.stdout, "data"), ended.then(() => null)]);
  if (!printed) throw new Error("no provider: see `make test-deps`");
  const [issuer = ""] = String(printed[0]).split("\n");
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { issuer, stop };
}
