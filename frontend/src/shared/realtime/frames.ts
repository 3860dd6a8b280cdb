/** The socket's frames, named. The shapes are generated from the same document as REST. */
import type { Schemas } from "@/shared/api/types";

export type ClientFrame = Schemas["ClientFrame"];
export type ServerFrame = Schemas["ServerFrame"];
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
export type Welcome = FrameOf<"welcome">;
export type Ack = FrameOf<"ack">;

/** One text frame, or null for anything that isn't an object with a `type`: unknown types are ignored later. */
export function parseFrame(text: unknown): ServerFrame | null {
  if (typeof text !== "string") return null;
  try {
    const value: unknown = JSON.parse(text);
    const isFrame = typeof value === "object" && value !== null && "type" in value;
    return isFrame ? (value as ServerFrame) : null;
  } catch {
    return null;
  }
}
