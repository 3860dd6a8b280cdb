// Yardstick: a Socket.IO 4 server as people would otherwise build it. It stores each message
// in PostgreSQL, then broadcasts it to the room through Redis Streams, then acknowledges it.
//
// DATABASE_URL and REDIS_URL are optional: without them it stores nothing, or runs alone.

import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import pg from "pg";
import { createClient } from "redis";
import { Server } from "socket.io";

const { DEVSCHAT_LISTEN, DATABASE_URL, REDIS_URL } = process.env;
const NOBODY = "00000000-0000-0000-0000-000000000000";

async function connectToRedis() {
  const client = createClient({ url: REDIS_URL });
  await client.connect();
  return createAdapter(client);
}

// Gives a room's next number and keeps the message, in one commit.
const STORE = `
  WITH head AS (
    INSERT INTO heads VALUES ($1, 1) ON CONFLICT (room) DO UPDATE SET seq = heads.seq + 1 RETURNING seq
  )
  INSERT INTO messages SELECT $1, seq, $2 FROM head RETURNING seq`;

async function storeInPostgres() {
  const pool = new pg.Pool({ connectionString: DATABASE_URL });
  await pool.query("CREATE TABLE IF NOT EXISTS heads (room text PRIMARY KEY, seq bigint NOT NULL)");
  await pool.query(
    "CREATE TABLE IF NOT EXISTS messages (room text, seq bigint, body text NOT NULL, PRIMARY KEY (room, seq))",
  );
  return async (room, body) => {
    const { rows } = await pool.query({ name: "store", text: STORE, values: [room, body] });
    return Number(rows[0].seq);
  };
}

function countInMemory() {
  const heads = new Map();
  return async (room) => {
    const seq = (heads.get(room) ?? 0) + 1;
    heads.set(room, seq);
    return seq;
  };
}

// As long as DevsChat's, so that the same bytes are compared.
function event(room, seq, body) {
  const at = new Date().toISOString();
  const author = { id: NOBODY, username: "ada", display_name: "Ada Lovelace" };
  const message = { id: NOBODY, room_id: room, seq, revision: seq, author, body, reply_to: null, reactions: [],
    created_at: at, edited_at: null, deleted_at: null };
  return { room_id: room, seq, actor_id: NOBODY, at, kind: "message_created", data: { message } };
}

const store = DATABASE_URL ? await storeInPostgres() : countInMemory();
const adapter = REDIS_URL ? await connectToRedis() : undefined;
const http = createServer();
const io = new Server(http, { transports: ["websocket"], ...(adapter && { adapter }) });

io.on("connection", (socket) => {
  const { room, follows } = socket.handshake.query;
  if (follows === "true") socket.join(room);
  socket.on("send", async (body, acknowledge) => {
    const seq = await store(room, body);
    io.to(room).emit("event", event(room, seq, body));
    acknowledge(seq);
  });
});

const [host, port] = DEVSCHAT_LISTEN.split(":");
http.listen(Number(port), host);
