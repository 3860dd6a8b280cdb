import { useStore } from "zustand";
import { ToastRow } from "./toast-row";
import { toastStore } from "./toast-store";

/** Where toasts appear. The regions are always there, so that what comes into them is read out. */
export function Toaster() {
  const toasts = useStore(toastStore, (state) => state.toasts);
  const rows = (tone: "info" | "error") =>
    toasts.filter((toast) => toast.tone === tone).map((toast) => <ToastRow key={toast.id} toast={toast} />);
  return (
    <section
      aria-label="Notices"
      className="pointer-events-none fixed bottom-24 left-1/2 z-50 w-[min(92vw,26rem)] -translate-x-1/2 *:flex *:flex-col *:gap-2"
    >
      <div role="status">{rows("info")}</div>
      <div role="alert">{rows("error")}</div>
    </section>
  );
}
