/** Who is signed in in this tab. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { User } from "@/shared/api/types";

export type Session =
  /** Asking the refresh cookie. `isUnreachable`: the server does not answer, asking goes on. */
  | { status: "starting"; isUnreachable: boolean }
  | { status: "signed_in"; user: User }
  /** `isDisabled`: the account is out of use. */
  | { status: "signed_out"; isDisabled?: boolean };

interface SessionState {
  session: Session;
  /** Outlives the session for the moment in which the signed-in pages are being taken down. */
  lastUser: User | null;
}

export const sessionStore = createStore<SessionState>()(() => ({
  session: { status: "starting", isUnreachable: false },
  lastUser: null,
}));

export const sessionOf = (): Session => sessionStore.getState().session;
export const useSession = (): Session => useStore(sessionStore, (state) => state.session);

export function setSession(session: Session) {
  sessionStore.setState(session.status === "signed_in" ? { session, lastUser: session.user } : { session });
}

/** For components that only exist while somebody is signed in. */
export function useMe(): User {
  const user = useStore(sessionStore, (state) => state.lastUser);
  if (!user) throw new Error("shown only to somebody signed in");
  return user;
}
