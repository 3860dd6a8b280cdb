/** Short names for the shapes of the wire. All of them come from the generated schema. */
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type ErrorCode = Schemas["ErrorCode"];
export type Member = Schemas["Member"];
export type Message = Schemas["Message"];
export type MessagePage = Schemas["MessagePage"];
export type Problem = Schemas["Problem"];
export type Role = Schemas["Role"];
export type Room = Schemas["Room"];
export type RoomEvent = Schemas["Event"];
export type User = Schemas["User"];
export type UserSummary = Schemas["UserSummary"];
export type Visibility = Schemas["Visibility"];
