import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { sessionEnded, startSession } from "@/entities/session/session";
import { whenSignedOut } from "@/shared/api/client";
import { App } from "./app";
import "./styles/index.css";

whenSignedOut(sessionEnded);
void startSession();

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
