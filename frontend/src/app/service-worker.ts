/**
 * Registers the service worker and offers its updates. A page is reloaded only when the person in front of it asks
 * for that; drafts are written when a page goes away.
 */
import { toast } from "@/shared/ui/toast-store";
import { openMessage } from "./open-message";
import { router } from "./router";
import { trustedWorkerUrl } from "./trusted-worker-url";

/** It fetches every file of the app: not while the page that is being opened needs the processor and the line. */
const START_MS = 5_000;
const LOOK_AGAIN_MS = 60 * 60_000;

export function startServiceWorker() {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  setTimeout(register, START_MS);
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type === "open_message") openMessage(router.navigate, String(data.roomId), Number(data.seq));
  });
  // A part of the app that this version no longer finds: the server has a newer one.
  addEventListener("vite:preloadError", () => offer(() => location.reload()));
}

function register() {
  navigator.serviceWorker.register(trustedWorkerUrl()).then(watch, () => {}); // no worker, so no app without a network
}

function watch(registration: ServiceWorkerRegistration) {
  const offerWaiting = () => {
    const { waiting } = registration;
    // Without a controller it is the first one: nothing runs that it could replace.
    if (waiting && navigator.serviceWorker.controller) offer(() => replaceWith(waiting));
  };
  offerWaiting();
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => installing.state === "installed" && offerWaiting());
  });
  setInterval(() => {
    if (document.visibilityState === "visible") void registration.update().catch(() => {});
  }, LOOK_AGAIN_MS);
}

function replaceWith(waiting: ServiceWorker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("activate");
}

let isOffered = false;

function offer(run: () => void) {
  if (isOffered) return;
  isOffered = true;
  toast("A new version of DevsChat is here", "info", { label: "Reload", run });
}
