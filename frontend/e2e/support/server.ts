/** The real server, on a free port, with a database of its own in a temporary folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PASSWORD } from "./person";

const FRONTEND = resolve(import.meta.dirname, "../..");
const BINARY = resolve(FRONTEND, process.env["DEVSCHAT_BIN"] ?? "../target/debug/devschat");
/** The built app. */
export const BUILT = resolve(FRONTEND, process.env["DEVSCHAT_DIST"] ?? "dist");
/** Addresses, passwords, tokens of a login or a script, hashes of passwords: nothing of these may be logged. */
const PRIVATE = new RegExp(`@example\\.|${PASSWORD}|eyJ[\\w-]{8}|dvc_[\\w-]{8}|argon2`);

const READY_WITHIN_MS = 20_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

export class Server {
  readonly url: string;
  private readonly folder: string;
  private readonly env: Record<string, string>;
  private child: ChildProcess | null = null;
  private output = "";

  private constructor(port: number, folder: string, env: Record<string, string>) {
    this.url = `http://127.0.0.1:${port}`;
    this.folder = folder;
    this.env = {
      DEVSCHAT_LISTEN: `127.0.0.1:${port}`,
      DATABASE_URL: `sqlite://${join(folder, "devschat.db")}`,
      DEVSCHAT_STATIC_DIR: BUILT,
      DEVSCHAT_LIMIT_SIGNUP: "off",
      DEVSCHAT_LIMIT_LOGIN: "off",
      ...env,
    };
  }

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "devschat-e2e-"));
    const server = new Server(await freePort(), folder, env);
    await server.run();
    return server;
  }

  /** As a power cut would end it. */
  async kill() {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** On the same port, with the same database, and these settings from now on. */
  async run(settings: Record<string, string> = {}) {
    Object.assign(this.env, settings);
    const child = spawn(BINARY, { env: { ...process.env, ...this.env }, cwd: this.folder });
    this.child = child;
    child.stdout.on("data", (text) => {
      this.output += text;
    });
    child.stderr.on("data", (text) => {
      this.output += text;
    });
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`no server:\n${this.output}`);
      await pause(25);
    }
  }

  /** The last thing like this in the server's log, once there is one. */
  async says(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const said = [...this.output.matchAll(new RegExp(pattern, "g"))].at(-1);
      if (said) return said[0];
      if (Date.now() > deadline) throw new Error(`never said ${pattern}:\n${this.output}`);
      await pause(25);
    }
  }

  async stop() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
    const leak = this.output.split("\n").find((line) => PRIVATE.test(line));
    if (leak) throw new Error(`something private stands in the log: ${leak}`);
  }

  private async isReady(): Promise<boolean> {
    const response = await fetch(`${this.url}/readyz`).catch(() => null);
    return response?.ok ?? false;
  }
}
