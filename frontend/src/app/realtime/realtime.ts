/** Wires the socket to the stores while somebody is signed in. No component ever sees the socket. */
import { connectionStore } from "@/entities/connection/connection-store";
import { closeOutbox, flushOutbox, openOutbox } from "@/entities/outbox/outbox";
import { forgetPresence, heardPresence, heardTyping, whenTyping } from "@/entities/presence/presence-store";
import {
  applyReadMark,
  forgetReadMarks,
  sendReadMarks,
  wireReadMarks,
} from "@/entities/read-state/mark-read";
import { seedReadStates } from "@/entities/read-state/read-state-store";
import { myRooms, refetchMyRooms } from "@/entities/rooms/my-rooms";
import { accountDisabled, sessionEnded } from "@/entities/session/session";
import { sessionOf } from "@/entities/session/session-store";
import { reloadNewest, whenMustSubscribe } from "@/entities/timeline/load-pages";
import { follow, unfollow } from "@/entities/timeline/timeline";
import { openRoomStore, timelineOf, updateTimeline } from "@/entities/timeline/timeline-store";
import { accessToken, refreshAccessToken } from "@/shared/api/access-token";
import { api } from "@/shared/api/client";
import { askFailedAgain } from "@/shared/api/query-client";
import type { User } from "@/shared/api/types";
import type { FrameOf, ServerFrame, Welcome } from "@/shared/realtime/frames";
import { ChatSocket, type ConnectionStatus } from "@/shared/realtime/socket";
import { applyEventFrames } from "./apply-frames";
import { forgetEverything, forgetRoom, forgetRoomsBut } from "./forget";
import { FrameQueue } from "./frame-queue";
import { Subscriptions } from "./subscriptions";
import { sendMessage } from "./transport";

const POST_AFTER_MS = 10_000;

/** Returns the stop function. */
export function startRealtime(me: User): () => void {
  let epoch = "";
  let downSince = performance.now();
  const socket = new ChatSocket({
    url: `${location.origin.replace(/^http/, "ws")}/api/v1/ws`,
    token: accessToken.get,
    refresh: async (refused) => (await refreshAccessToken(refused)).kind,
    onWelcome,
    onFrame: (frame) => queue.push(frame),
    onStatus,
  });
  const subscriptions = new Subscriptions(socket);
  const queue = new FrameQueue(applyFrames);

  function onWelcome(welcome: Welcome) {
    queue.flush();
    epoch = welcome.epoch;
    forgetPresence();
    const rooms = new Set(welcome.rooms.map((room) => room.room_id));
    seedReadStates(
      welcome.rooms.map((room) => ({ roomId: room.room_id, count: room })),
      true,
    );
    forgetRoomsBut(rooms);
    if (rooms.size !== myRooms().length) void refetchMyRooms();
    subscriptions.begin(epoch, welcome.rooms);
  }

  function onStatus(status: ConnectionStatus) {
    const wasLive = connectionStore.getState().state === "live";
    connectionStore.setState(status);
    if (status.state === "signed_out") sessionEnded();
    if (status.state === "disabled") accountDisabled();
    if (status.state === "live") {
      void flushOutbox();
      void sendReadMarks();
      void askFailedAgain();
    } else if (wasLive) {
      downSince = performance.now();
    }
  }

  function applyFrames(frames: ServerFrame[]) {
    // Before the events, so that a gap after a confirmed subscription is asked for again.
    for (const frame of frames)
      if (frame.type === "subscribed") subscriptions.confirmed(frame.room_id, frame.head);
    const isMissed = subscriptions.isMissed.bind(subscriptions);
    for (const roomId of applyEventFrames(frames, me, isMissed)) subscriptions.again(roomId);
    for (const frame of frames) applyControl(frame);
  }

  function applyControl(frame: ServerFrame) {
    switch (frame.type) {
      case "pong":
        return subscriptions.compare(frame.heads ?? {});
      case "typing":
        return frame.user_id === me.id ? undefined : heardTyping(frame.room_id, frame.user_id);
      case "presence":
        return heardPresence(frame.users);
      case "read":
        return applyReadMark(frame.room_id, frame.seq);
      case "reset":
        return reset(frame);
      case "room_added":
        seedReadStates([{ roomId: frame.room_id, count: frame }], true);
        subscriptions.add(epoch, [frame]);
        return void refetchMyRooms();
      case "removed":
        subscriptions.remove(frame.room_id);
        return forgetRoom(frame.room_id, frame.reason);
      case "error":
        for (const roomId of subscriptions.refused(frame)) refusedRoom(roomId, frame);
        return;
      default:
    }
  }

  /** Nothing held is valid any more. A shown room keeps its rows until the new page is here. */
  function reset({ room_id, epoch: newEpoch, head }: FrameOf<"reset">) {
    epoch = newEpoch;
    if (openRoomStore.getState().roomId === room_id && timelineOf(room_id).isLoaded) {
      updateTimeline(room_id, unfollow);
      void reloadNewest(room_id).then(() => timelineOf(room_id).have ?? beginAt(room_id, head));
    } else {
      updateTimeline(room_id, unfollow);
      beginAt(room_id, head);
    }
    void refetchMyRooms();
  }

  /** Forgets the rows, so that a shown room loads its newest page, or says that it can't and offers to retry. */
  function beginAt(roomId: string, head: number) {
    updateTimeline(roomId, (timeline) => follow(timeline, epoch, head));
    subscriptions.afresh(roomId);
  }

  function refusedRoom(roomId: string, { code, retry_after_ms }: FrameOf<"error">) {
    subscriptions.remove(roomId);
    if (code === "not_found" || code === "forbidden") forgetRoom(roomId);
    else setTimeout(() => subscriptions.again(roomId), retry_after_ms ?? 1_000);
  }

  // While the socket lives, too: an answer may have been lost.
  const flushTimer = setInterval(() => void flushOutbox(), POST_AFTER_MS);
  const mayPost = () => performance.now() - downSince > POST_AFTER_MS && navigator.onLine;
  whenMustSubscribe((roomId) => subscriptions.afresh(roomId));
  whenTyping((room_id) => void (socket.isLive && socket.send({ type: "typing", room_id })));
  wireReadMarks({
    sender: async (room_id, seq) => {
      if (socket.isLive) return socket.send({ type: "read", room_id, seq });
      await api.PUT("/api/v1/rooms/{room_id}/read", { params: { path: { room_id } }, body: { seq } });
      applyReadMark(room_id, seq); // no socket, so no frame that confirms it
      return true;
    },
    recount: refetchMyRooms,
  });
  void openOutbox(me.id, (send) => sendMessage(socket, mayPost, send));
  const events = new AbortController();
  const { signal } = events;
  addEventListener("online", () => socket.wake(), { signal });
  addEventListener("offline", () => socket.goOffline(), { signal });
  const onVisible = () => document.visibilityState === "visible" && socket.wake();
  document.addEventListener("visibilitychange", onVisible, { signal });
  connectionStore.setState({ reconnect: () => socket.start() });
  socket.start();

  return () => {
    events.abort();
    clearInterval(flushTimer);
    socket.stop();
    queue.clear();
    closeOutbox();
    forgetPresence();
    forgetReadMarks();
    if (sessionOf().status !== "signed_in") forgetEverything();
  };
}
