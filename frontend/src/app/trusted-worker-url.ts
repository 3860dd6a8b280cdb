/**
 * The service worker's address: the only text of the app that becomes script. The server's content security policy
 * lets through what the policy `devschat` has approved, and that approves nothing else.
 */
const WORKER = "/sw.js";

/** As much of Trusted Types as is used here; not all browsers have them, and TypeScript does not know them. */
declare global {
  var trustedTypes:
    | {
        createPolicy(
          name: string,
          rules: { createScriptURL: (url: string) => string },
        ): { createScriptURL(url: string): string };
      }
    | undefined;
}

export function trustedWorkerUrl(): string {
  const createScriptURL = (url: string) => {
    if (url !== WORKER) throw new TypeError("not our service worker");
    return url;
  };
  return (
    globalThis.trustedTypes?.createPolicy("devschat", { createScriptURL }).createScriptURL(WORKER) ?? WORKER
  );
}
