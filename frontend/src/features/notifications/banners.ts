/** The system's notifications: one per room, replaced by its news, gone when the room is read. */

export interface Banner {
  roomId: string;
  /** Of the message that is shown, and that a click leads to. */
  seq: number;
  title: string;
  body: string;
  /** Makes itself heard again although the room has a banner already. */
  isUrgent: boolean;
}

const tagOf = (roomId: string) => `room:${roomId}`;
/** Where a click leads. */
export type OnOpen = (roomId: string, seq: number) => void;

const shown = new Map<string, Notification>();

/** Through the service worker where there is one: on phones there is no other way, and a click outlives the tab. */
export async function showBanner({ roomId, seq, title, body, isUrgent }: Banner, onOpen: OnOpen) {
  const options = { body, tag: tagOf(roomId), icon: "/icon-192.png", data: { roomId, seq }, silent: true };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.active) {
    // `renotify` is missing from TypeScript's types, not from the standard.
    await worker.showNotification(title, { ...options, renotify: isUrgent } as NotificationOptions);
    return;
  }
  const banner = new Notification(title, options);
  banner.onclick = () => {
    banner.close();
    window.focus();
    onOpen(roomId, seq);
  };
  shown.set(roomId, banner);
}

export async function closeBanner(roomId: string) {
  shown.get(roomId)?.close();
  shown.delete(roomId);
  const worker = await navigator.serviceWorker?.getRegistration();
  for (const banner of (await worker?.getNotifications({ tag: tagOf(roomId) })) ?? []) banner.close();
}
