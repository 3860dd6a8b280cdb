/** A small team and what it talks about, told to the server through its public interface. */

const PASSWORD = "kettle-on-the-9-train";

const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

const TEAM = {
  ana: ["Ana", "Silva"],
  devi: ["Devi", "Patel"],
  elif: ["Elif", "Kaya"],
  ben: ["Ben", "Okoro"],
} as const;
type Name = keyof typeof TEAM;

const ROOMS = [
  { name: "general", topic: "What everybody should know", by: "devi" },
  { name: "back-end", topic: "Everything behind the API", by: "ana" },
  { name: "front-end", topic: "What people see and touch", by: "elif" },
  { name: "incidents", topic: "Something is on fire", by: "devi" },
  { name: "founders", topic: "", by: "ana", isPrivate: true },
  { name: "launch-2025", topic: "We shipped it!", by: "ana", isArchived: true },
  { name: "reading-club", topic: "One paper every second Friday", by: "ben", isOnlyBens: true },
  { name: "random", topic: "Cats, mostly", by: "ben", isOnlyBens: true },
] as const;

type Reactions = Readonly<Record<string, readonly Name[]>>;

const TALK: readonly (readonly [room: string, by: Name, body: string, reactions?: Reactions])[] = [
  ["general", "devi", "Morning! The demo moved to 15:00."],
  ["general", "ben", "Works for me."],
  ["launch-2025", "ana", "It is out. Thank you all!"],
  ["launch-2025", "elif", "🎉"],
  [
    "back-end",
    "ana",
    "Morning! The resume path now replays from `seq` instead of refetching the room, so a laptop lid closing costs **one round trip**.",
  ],
  [
    "back-end",
    "devi",
    "Nice. @ana did you see the p99 on staging?\n- before: **840 ms**\n- after: **37 ms**",
    { "🚀": ["ana", "elif", "ben"], "👀": ["elif"] },
  ],
  [
    "back-end",
    "ana",
    "That is the log’s doing:\n```rust\nasync fn resume(&self, from: Seq) -> Result<Vec<Event>, Gap> {\n    match self.log.read().await.since(from) {\n        Some(events) => Ok(events.cloned().collect()),\n        None => Err(Gap::before(from)),\n    }\n}\n```",
  ],
  [
    "back-end",
    "elif",
    "LGTM, one nit: the gap branch should tell the client *why*. See https://www.rfc-editor.org/rfc/rfc9457",
  ],
  ["back-end", "ana", "> the gap branch should tell the client why\n\nAgreed, I’ll add a `reason` field."],
  ["back-end", "elif", "Shipping it 🚀"],
  ["front-end", "elif", "The switcher finds rooms by their initials now: `be` is back-end."],
  ["front-end", "ben", "Love it."],
  ["incidents", "devi", "Disk on db-2 is at 91 %. @ana can you look?"],
];

class Teammate {
  readonly name: Name;
  private readonly url: string;
  private readonly token: string;

  constructor(name: Name, url: string, token: string) {
    this.name = name;
    this.url = url;
    this.token = token;
  }

  async call(method: string, path: string, body?: object): Promise<{ id: string }> {
    return (await (await this.send(method, path, body)).json()) as { id: string };
  }

  async reads(roomId: string) {
    await this.send("PUT", `/rooms/${roomId}/read`, { seq: Number.MAX_SAFE_INTEGER });
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response;
  }
}

async function arrive(url: string, name: Name): Promise<Teammate> {
  const [first_name, last_name] = TEAM[name];
  const post = (path: string, body: object) =>
    fetch(`${url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": PHONE },
      body: JSON.stringify(body),
    });
  const email = `${name}@example.org`;
  await post("/auth/signup", { username: name, email, password: PASSWORD, first_name, last_name });
  const login = await post("/auth/login", { login: name, password: PASSWORD, session: "token" });
  const { access_token } = (await login.json()) as { access_token: string };
  return new Teammate(name, url, access_token);
}

/** Everything is said; returns the rooms' ids by name, and how to sign in as Ana. */
export async function tellStory(url: string) {
  const people = {} as Record<Name, Teammate>;
  for (const name of Object.keys(TEAM) as Name[]) people[name] = await arrive(url, name);
  const rooms: Record<string, string> = {};
  for (const { name, topic, by, ...more } of ROOMS) {
    const visibility = "isPrivate" in more ? "private" : "public";
    const { id } = await people[by].call("POST", "/rooms", { name, topic, visibility });
    rooms[name] = id;
    if ("isOnlyBens" in more) continue;
    for (const guest of ["ana", "devi", "elif", "ben"] as const) {
      if (guest === by || (visibility === "private" && guest === "ben")) continue;
      const { id: userId } = await people[guest].call("GET", "/users/me");
      await people[by].call("PUT", `/rooms/${id}/members/${userId}`);
    }
  }
  for (const [room, by, body, reactions = {}] of TALK) {
    const messages = `/rooms/${rooms[room]}/messages`;
    const { id } = await people[by].call("POST", messages, { client_id: crypto.randomUUID(), body });
    for (const [emoji, names] of Object.entries(reactions)) {
      for (const name of names) await people[name].call("PUT", `${messages}/${id}/reactions/${emoji}`);
    }
  }
  for (const name of ["devi", "elif"] as const) await people[name].reads(rooms["back-end"] ?? "");
  for (const room of ROOMS) {
    if ("isArchived" in room)
      await people[room.by].call("PATCH", `/rooms/${rooms[room.name]}`, { archived: true });
  }
  return { rooms, login: "ana", password: PASSWORD };
}
