/** Short notices. Anything a person must act on does not belong here. */
import { createStore } from "zustand/vanilla";

export interface Toast {
  id: number;
  title: string;
  tone: "info" | "error";
  /** A toast that offers something stays until it is taken or sent away. */
  action?: ToastAction | undefined;
}

export interface ToastAction {
  label: string;
  run: () => void;
}

const MAX_TOASTS = 3;
let lastId = 0;

export const toastStore = createStore<{ toasts: Toast[] }>()(() => ({ toasts: [] }));

export function toast(title: string, tone: Toast["tone"] = "info", action?: ToastAction): number {
  lastId += 1;
  const next = { id: lastId, title, tone, action };
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, next].slice(-MAX_TOASTS) }));
  return lastId;
}

export function dismissToast(id: number) {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((shown) => shown.id !== id) }));
}
