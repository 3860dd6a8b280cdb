/** The addresses. What a person can see has one, panes included, so that Back always works. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import * as v from "valibot";
import { myRoomsQuery } from "@/entities/rooms/my-rooms";
import { accountDisabled } from "@/entities/session/session";
import { sessionOf } from "@/entities/session/session-store";
import { loadFirst } from "@/entities/timeline/load-pages";
import { queryClient } from "@/shared/api/query-client";

/** A path on this site only: never somebody else's address. Browsers drop control characters, so `/\t/x` is `//x`. */
const nextPath = v.optional(v.fallback(v.pipe(v.string(), v.regex(/^\/(?![/\\])\P{Cc}*$/u)), "/"));
const authSearch = v.object({ next: nextPath });
const loginSearch = v.object({
  next: nextPath,
  /** Why a sign-in with a provider ended here. */
  refused: v.fallback(v.optional(v.string()), undefined),
});
const roomSearch = v.object({
  p: v.fallback(v.optional(v.literal("members")), undefined),
  /** The seq of a message that a link leads to. */
  m: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
});

const isSignedIn = () => sessionOf().status === "signed_in";

function isDisabled() {
  const session = sessionOf();
  return session.status === "signed_out" && session.isDisabled === true;
}

function onlySignedOut({ search }: { search: v.InferOutput<typeof authSearch> }) {
  if (isSignedIn()) throw redirect({ href: search.next ?? "/", replace: true });
}

function onlyServerAdmins() {
  const session = sessionOf();
  const isAdmin = session.status === "signed_in" && session.user.is_admin === true;
  if (!isAdmin) throw redirect({ to: "/settings", replace: true });
}

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: lazyRouteComponent(() => import("./pages/not-found-page")),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: loginSearch,
  beforeLoad: ({ search }) => {
    onlySignedOut({ search });
    if (search.refused === "disabled") accountDisabled(); // the provider's word comes by the address alone
    if (isDisabled()) throw redirect({ to: "/disabled", search: { next: search.next }, replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/login-page")),
});

const signup = createRoute({
  getParentRoute: () => root,
  path: "/signup",
  validateSearch: authSearch,
  beforeLoad: onlySignedOut,
  component: lazyRouteComponent(() => import("./pages/signup-page")),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  component: lazyRouteComponent(() => import("./pages/reset-page")),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  component: lazyRouteComponent(() => import("./pages/verify-page")),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite",
  beforeLoad: () => onlySignedOut({ search: {} }),
  component: lazyRouteComponent(() => import("./pages/invite-page")),
});

const disabled = createRoute({
  getParentRoute: () => root,
  path: "/disabled",
  validateSearch: authSearch,
  beforeLoad: () => {
    if (!isDisabled()) throw redirect({ to: "/", replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/disabled-page")),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "in",
  beforeLoad: ({ location }) => {
    if (isSignedIn()) return;
    throw redirect({
      to: isDisabled() ? "/disabled" : "/login",
      search: location.href === "/" ? {} : { next: location.href },
      replace: true,
    });
  },
  // Asked for while the code that shows them is still on its way, as is a room's newest page below.
  loader: () => void queryClient.prefetchQuery(myRoomsQuery),
  component: lazyRouteComponent(() => import("./shell")),
});

const welcome = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/welcome-page")),
});

const browse = createRoute({
  getParentRoute: () => inside,
  path: "/browse",
  component: lazyRouteComponent(() => import("./pages/browse-page")),
});

const room = createRoute({
  getParentRoute: () => inside,
  path: "/r/$roomId",
  validateSearch: roomSearch,
  loader: ({ params }) => loadFirst(params.roomId),
  component: lazyRouteComponent(() => import("./pages/room-page")),
});

const ownSettingsPages = () => import("./pages/own-settings-pages");
const serverSettingsPages = () => import("./pages/server-settings-pages");

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings-page")),
});

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: "/",
    component: lazyRouteComponent(() => import("./pages/settings-index-page")),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "profile",
    component: lazyRouteComponent(ownSettingsPages, "ProfileSettings"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "appearance",
    component: lazyRouteComponent(ownSettingsPages, "AppearanceSettings"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "notifications",
    component: lazyRouteComponent(ownSettingsPages, "NotificationSettings"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "keyboard",
    component: lazyRouteComponent(ownSettingsPages, "KeyboardSettings"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "password",
    component: lazyRouteComponent(ownSettingsPages, "PasswordSettings"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "sessions",
    component: lazyRouteComponent(ownSettingsPages, "LoginList"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "two-factor",
    component: lazyRouteComponent(
      () => import("@/features/account/two-factor-settings"),
      "TwoFactorSettings",
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "tokens",
    component: lazyRouteComponent(ownSettingsPages, "TokenSettings"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "people",
    beforeLoad: onlyServerAdmins,
    component: lazyRouteComponent(serverSettingsPages, "AccountList"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "rooms",
    beforeLoad: onlyServerAdmins,
    component: lazyRouteComponent(serverSettingsPages, "AllRooms"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "invitations",
    beforeLoad: onlyServerAdmins,
    component: lazyRouteComponent(serverSettingsPages, "InvitationList"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "audit",
    beforeLoad: onlyServerAdmins,
    component: lazyRouteComponent(serverSettingsPages, "AuditList"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "metrics",
    beforeLoad: onlyServerAdmins,
    component: lazyRouteComponent(() => import("@/features/metrics/metrics-page"), "MetricsPage"),
  }),
] as const;

const roomSettings = createRoute({
  getParentRoute: () => inside,
  path: "/r/$roomId/settings",
  component: lazyRouteComponent(() => import("./pages/room-settings-page")),
});

const roomSettingsPages = [
  createRoute({
    getParentRoute: () => roomSettings,
    path: "/",
    component: lazyRouteComponent(() => import("./pages/room-settings-index-page")),
  }),
  createRoute({
    getParentRoute: () => roomSettings,
    path: "general",
    component: lazyRouteComponent(() => import("./pages/room-settings-general-page")),
  }),
  createRoute({
    getParentRoute: () => roomSettings,
    path: "members",
    component: lazyRouteComponent(() => import("./pages/room-settings-members-page")),
  }),
  createRoute({
    getParentRoute: () => roomSettings,
    path: "danger",
    component: lazyRouteComponent(() => import("./pages/room-settings-danger-page")),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    signup,
    reset,
    verify,
    invite,
    disabled,
    inside.addChildren([
      welcome,
      browse,
      room,
      settings.addChildren(settingsPages),
      roomSettings.addChildren(roomSettingsPages),
    ]),
  ]),
});

/** Begins to load the code of the page that the address leads to. */
export function preloadPage() {
  const [routes] = router.getMatchedRoutes(location.pathname);
  for (const { options } of routes) void options.component?.preload?.();
}

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
