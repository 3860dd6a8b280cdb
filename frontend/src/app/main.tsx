import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { accountDisabled, sessionEnded, startSession } from "@/entities/session/session";
import { whenSignedOut } from "@/shared/api/client";
import { App } from "./app";
import { forgetCopyWithSession } from "./offline/forget-copy";
import { preloadPage } from "./router";
import { startServiceWorker } from "./service-worker";
import "./styles/index.css";

/** Rarely needed, so it is loaded then; the service worker has it. */
const restore = () =>
  import("./offline/restore-copy").then(
    ({ restoreCopy }) => restoreCopy(),
    () => null,
  );

whenSignedOut((why) => (why === "disabled" ? accountDisabled() : sessionEnded()));
forgetCopyWithSession();
void startSession(restore);
startServiceWorker();

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// After the first frame: running that code must not hold up the question who is here.
requestAnimationFrame(() => setTimeout(preloadPage));
