import { useState } from "react";

/** Whether this browser lets us show notifications; outside of https it can't at all. */
export function usePermission() {
  const [permission, setPermission] = useState<NotificationPermission | "unsupported">(() =>
    "Notification" in globalThis && isSecureContext ? Notification.permission : "unsupported",
  );
  const ask = async () => {
    const answer = await Notification.requestPermission();
    setPermission(answer);
    return answer;
  };
  return { permission, ask };
}
