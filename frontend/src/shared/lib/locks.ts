/** Runs `task` alone over all tabs of this browser. Without Web Locks (plain http on a LAN) the tab is on its own. */
export async function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return task();
  let result: Promise<T> | undefined;
  await navigator.locks.request(name, async () => {
    result = task();
    await result.catch(() => {});
  });
  return result ?? task();
}
