/** Short notices that go by themselves. Anything a person must act on does not belong here. */
import { createStore } from "zustand/vanilla";

export interface Toast {
  id: number;
  title: string;
  tone: "info" | "error";
}

const MAX_TOASTS = 3;
let lastId = 0;

export const toastStore = createStore<{ toasts: Toast[] }>()(() => ({ toasts: [] }));

export function toast(title: string, tone: Toast["tone"] = "info") {
  lastId += 1;
  const next = { id: lastId, title, tone };
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, next].slice(-MAX_TOASTS) }));
}

export function dismissToast(id: number) {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.id !== id) }));
}
