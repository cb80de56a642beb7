// Every screen's address. The address holds a screen's whole state, so back, forward, "copy link" and "open in a new window" are the
// same thing. Screens load when first visited. Features read their own part with `getRouteApi("/meetings")`; none imports this file.
import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import type { OverviewSpan } from "../ipc";
import { parseListSearch } from "../shared/hooks/listSearch";
import { AppShell } from "./AppShell";
import { NoSuchPage, ScreenFailed, ScreenLoading } from "./fallbacks";
import { startAddress } from "./remember";

const rootRoute = createRootRoute({ component: AppShell, notFoundComponent: NoSuchPage });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ href: startAddress(), replace: true });
  },
});

const SPANS: readonly OverviewSpan[] = ["today", "week", "month"];
export type OverviewSearch = { span?: OverviewSpan };
const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/overview",
  validateSearch: (raw: Record<string, unknown>): OverviewSearch => {
    const span = SPANS.find((known) => known === raw.span);
    return span ? { span } : {};
  },
  component: lazyRouteComponent(() => import("../features/overview/OverviewPage"), "OverviewPage"),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people",
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import("../features/people/PeoplePage"), "PeoplePage"),
});
const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/people/$id",
  component: lazyRouteComponent(() => import("../features/people/PersonPage"), "PersonPage"),
});

const meetingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/meetings",
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import("../features/meetings/MeetingsPage"), "MeetingsPage"),
});
const meetingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/meetings/$id",
  component: lazyRouteComponent(() => import("../features/meetings/MeetingPage"), "MeetingPage"),
});

const recordingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/recordings",
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import("../features/recordings/RecordingsPage"), "RecordingsPage"),
});
/** `t`: where to begin, in seconds. */
export type RecordingSearch = { t?: number };
const recordingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/recordings/$id",
  validateSearch: (raw: Record<string, unknown>): RecordingSearch => {
    const seconds = Number(raw.t);
    return raw.t !== undefined && Number.isFinite(seconds) && seconds >= 0 ? { t: seconds } : {};
  },
  component: lazyRouteComponent(() => import("../features/recordings/RecordingPage"), "RecordingPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit",
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import("../features/audit/AuditPage"), "AuditPage"),
});

export const SETTINGS_SECTIONS = ["appearance", "profiles", "shortcuts", "about"] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];
/** `profile`: the one being edited; `new` begins another. */
export type SettingsSearch = { section?: SettingsSection; profile?: string; new?: boolean };
const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  validateSearch: (raw: Record<string, unknown>): SettingsSearch => {
    const search: SettingsSearch = {};
    const section = SETTINGS_SECTIONS.find((known) => known === raw.section);
    if (section) search.section = section;
    if (typeof raw.profile === "string" && raw.profile !== "") search.profile = raw.profile;
    if (raw.new === true) search.new = true;
    return search;
  },
  component: lazyRouteComponent(() => import("../features/settings/SettingsPage"), "SettingsPage"),
});

export const routeTree = rootRoute.addChildren([
  indexRoute,
  overviewRoute,
  peopleRoute,
  personRoute,
  meetingsRoute,
  meetingRoute,
  recordingsRoute,
  recordingRoute,
  auditRoute,
  settingsRoute,
]);

export function makeRouter(history: RouterHistory = createBrowserHistory()) {
  return createRouter({
    routeTree,
    history,
    defaultPreload: "intent",
    defaultPreloadDelay: 60,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: ScreenLoading,
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
