import { useEffect } from "react";
import { useReadStates, useTotalMentions } from "@/entities/read-state/read-state-store";
import { setTitleCount } from "@/shared/lib/use-title";

/** What waits, where one sees it without looking at the page: the tab's title and icon, and the app's badge. */
export function useBadges() {
  const mentions = useTotalMentions();
  const hasUnread = Object.values(useReadStates()).some(({ unread }) => unread > 0);
  useEffect(() => {
    setTitleCount(mentions);
    void setAppBadge(mentions);
  }, [mentions]);
  useEffect(() => setIcon(hasUnread), [hasUnread]);
  useEffect(
    () => () => {
      setTitleCount(0);
      void setAppBadge(0);
      setIcon(false);
    },
    [],
  );
}

function setIcon(hasUnread: boolean) {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (link) link.href = hasUnread ? "/icon-unread.svg" : "/icon.svg";
}

/** Only installed apps have one, and not everywhere. */
async function setAppBadge(count: number) {
  await navigator.setAppBadge?.(count).catch(() => {});
}
