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

  async post(roomId: string, body: string) {
    await this.call("POST", `/rooms/${roomId}/messages`, { client_id: crypto.randomUUID(), body });
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
