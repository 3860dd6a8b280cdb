/** Whether the socket is up, for the bar on top and for "Waiting for connection". */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { ConnectionStatus } from "@/shared/realtime/socket";

interface ConnectionView extends ConnectionStatus {
  /** Connects here after another tab or device took over, or tries again at once. */
  reconnect: () => void;
}

export const connectionStore = createStore<ConnectionView>()(() => ({
  state: "idle",
  failures: 0,
  reconnect: () => {},
}));

export const useConnection = (): ConnectionView => useStore(connectionStore);
export const useIsLive = (): boolean => useStore(connectionStore, ({ state }) => state === "live");
