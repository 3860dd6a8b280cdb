import { Toast } from "radix-ui";
import { useStore } from "zustand";
import { dismissToast, toastStore } from "./toast-store";

const DURATION_MS = 6_000;

export function Toaster() {
  const toasts = useStore(toastStore, (state) => state.toasts);
  return (
    <Toast.Provider swipeDirection="down" duration={DURATION_MS}>
      {toasts.map(({ id, title, tone }) => (
        <Toast.Root
          key={id}
          type={tone === "error" ? "foreground" : "background"}
          onOpenChange={(isOpen) => {
            if (!isOpen) dismissToast(id);
          }}
          className="rounded-card border border-line bg-raised px-4 py-2.5 shadow-float"
        >
          <Toast.Title className={tone === "error" ? "text-danger" : ""}>{title}</Toast.Title>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed bottom-24 left-1/2 z-50 flex w-[min(92vw,26rem)] -translate-x-1/2 flex-col gap-2" />
    </Toast.Provider>
  );
}
