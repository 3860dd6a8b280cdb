import type { Page } from "@playwright/test";

/** The public REST interface, as a script would use it. */
export class Api {
  private readonly base: string;
  private readonly token: string;

  private constructor(base: string, token: string) {
    this.base = `${base}/api/v1`;
    this.token = token;
  }

  static async logIn(url: string, login: string, password: string): Promise<Api> {
    const response = await fetch(`${url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ login, password, session: "token" }),
    });
    if (!response.ok) throw new Error(await response.text());
    const { access_token } = (await response.json()) as { access_token: string };
    return new Api(url, access_token);
  }

  /** Returns the message's id. */
  async post(roomId: string, body: string, replyTo?: string): Promise<string> {
    const message = { client_id: crypto.randomUUID(), body, ...(replyTo ? { reply_to: replyTo } : {}) };
    return ((await this.call("POST", `/rooms/${roomId}/messages`, message)) as { id: string }).id;
  }

  /** Returns the room's id. */
  async createRoom(room: { name: string; visibility: "public" | "private" }): Promise<string> {
    return ((await this.call("POST", "/rooms", room)) as { id: string }).id;
  }

  async archive(roomId: string) {
    await this.call("PATCH", `/rooms/${roomId}`, { archived: true });
  }

  async edit(roomId: string, messageId: string, body: string) {
    await this.call("PATCH", `/rooms/${roomId}/messages/${messageId}`, { body });
  }

  /**
   * Posts `line 1.`, `line 2.` and so on over a socket of the page's, which must be one of the app's: thousands a
   * second. The server must not limit messages and frames.
   */
  async postLines(page: Page, roomId: string, count: number) {
    await page.evaluate(fillThroughSocket, { token: this.token, roomId, count });
  }

  /** The messages around a place in a room's log. */
  async around(roomId: string, seq: number): Promise<{ seq: number; body: string }[]> {
    const page = await this.call("GET", `/rooms/${roomId}/messages?limit=3&around=${seq}`);
    return (page as { messages: { seq: number; body: string }[] }).messages;
  }

  /** Every body the server holds of a room, oldest first. */
  async bodies(roomId: string): Promise<string[]> {
    const bodies: string[] = [];
    let before = "";
    for (;;) {
      const page = await this.call("GET", `/rooms/${roomId}/messages?limit=100${before}`);
      const { messages, has_more_before } = page as {
        messages: { seq: number; body: string }[];
        has_more_before: boolean;
      };
      bodies.unshift(...messages.map(({ body }) => body));
      if (!has_more_before) return bodies;
      before = `&before=${messages[0]?.seq}`;
    }
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.base + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }
}

/** Runs in the page. Each seventh line is a block of code, so that heights differ. */
function fillThroughSocket({ token, roomId, count }: { token: string; roomId: string; count: number }) {
  const UNANSWERED = 200;
  return new Promise<void>((resolve, reject) => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/api/v1/ws`, "devschat.v1");
    let sent = 0;
    let answered = 0;
    const send = (frame: object) => socket.send(JSON.stringify(frame));
    const sendMore = () => {
      while (sent < count && sent - answered < UNANSWERED) {
        sent += 1;
        const body = sent % 7 === 0 ? `line ${sent}.\n\`\`\`rust\nlet x = ${sent};\n\`\`\`` : `line ${sent}.`;
        send({ type: "send", id: sent, room_id: roomId, client_id: crypto.randomUUID(), body });
      }
    };
    socket.onopen = () => send({ type: "hello", token });
    socket.onclose = ({ code }) => reject(new Error(`closed with ${code} after ${answered} answers`));
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.type === "error") reject(new Error(data));
      if (frame.type === "ack") answered += 1;
      if (answered === count) {
        socket.onclose = () => resolve();
        socket.close();
      }
      if (frame.type === "ack" || frame.type === "welcome") sendMore();
    };
  });
}
