/** The one dialog of the whole app that is open, whoever asked for it. */
import type { RefObject } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

type Kind = "switcher" | "shortcuts" | "create_room" | "sign_out";

export interface OpenLayer {
  kind: Kind;
  /** Gets the focus back, where the element that had it is gone by then. */
  opener?: RefObject<HTMLElement | null> | undefined;
}

const layerStore = createStore<{ layer: OpenLayer | null }>()(() => ({ layer: null }));

export const useLayer = (): OpenLayer | null => useStore(layerStore, (state) => state.layer);

export function openLayer(kind: Kind, opener?: OpenLayer["opener"]) {
  layerStore.setState({ layer: { kind, opener } });
}

export function closeLayer() {
  layerStore.setState({ layer: null });
}
