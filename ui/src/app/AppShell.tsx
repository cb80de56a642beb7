// The window's frame: top bar, rail, the screen, status bar, and what floats over them. Screens fill the middle and bring their own
// header. The profile's colour is the frame. Without an open profile the middle says what to do instead of failing on every screen.
import { useMediaQuery } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { type CSSProperties, lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type LanguageChoice, resolveLanguage, switchLanguage } from "../i18n";
import { api, putPreference, type Rung, rungQuery, useAppInfo, useLiveSync, usePreference } from "../ipc";
import { ErrorState } from "../shared/feedback";
import { type Shortcut, toLink, useShortcuts } from "../shared/hooks";

import { openWindow } from "./openWindow";
import { usePaletteActions } from "./palette/useGroups";
import { Rail } from "./Rail";
import { screenAddress } from "./remember";
import { StatusBar } from "./StatusBar";
import { SCREENS } from "./screens";
import "./shell.css";
import { TopBar } from "./TopBar";
import { useTaskToasts } from "./tasks/useTaskToasts";

const FirstRun = lazy(() => import("./FirstRun").then(({ FirstRun }) => ({ default: FirstRun })));
const Palette = lazy(() => import("./palette/Palette").then(({ Palette }) => ({ default: Palette })));
const ShortcutSheet = lazy(() =>
  import("./ShortcutSheet").then(({ ShortcutSheet }) => ({ default: ShortcutSheet })),
);

function useFolded(): [boolean, () => void] {
  const narrow = useMediaQuery("(max-width: 1180px)", false, { getInitialValueInEffect: false });
  const [choice, setChoice] = usePreference<boolean | null>(
    narrow ? "rail.folded.narrow" : "rail.folded",
    null,
  );
  const folded = choice ?? narrow;
  return [folded, () => setChoice(!folded)];
}

function useAppShortcuts(show: { palette: () => void; keys: () => void; rail: () => void }): void {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const router = useRouter();
  const group = t("keys.everywhere");
  const screens = SCREENS.map(
    (screen, at): Shortcut => ({
      id: `go.${screen.id}`,
      keys: `mod+${at + 1}`,
      label: t(`screen.${screen.id}`),
      group: t("keys.screens"),
      run: () => void navigate({ href: screenAddress(screen.id) }),
    }),
  );
  useShortcuts([
    { id: "palette", keys: "mod+k", label: t("keys.palette"), group, run: show.palette },
    { id: "keys", keys: "?", label: t("keys.sheet"), group, run: show.keys },
    { id: "back", keys: "alt+arrowleft", label: t("back"), group, run: () => router.history.back() },
    {
      id: "forward",
      keys: "alt+arrowright",
      label: t("forward"),
      group,
      run: () => router.history.forward(),
    },
    { id: "rail", keys: "mod+b", label: t("keys.rail"), group, run: show.rail },
    {
      id: "window",
      keys: "mod+shift+n",
      label: t("keys.window"),
      group,
      run: () => openWindow(router.state.location.href),
    },
    {
      id: "copyLink",
      keys: "mod+shift+c",
      label: t("keys.copyLink"),
      group,
      run: () => void navigator.clipboard?.writeText(toLink(router.state.location.href)),
    },
    ...screens,
  ]);
}

export function AppShell() {
  const { t } = useTranslation("app");
  useLiveSync();
  useTaskToasts();
  const client = useQueryClient();
  const info = useAppInfo();
  const { pathname } = useLocation();
  const [folded, fold] = useFolded();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const setRung = useMutation({
    mutationFn: (rung: Rung) => api.rungSet(rung),
    onSuccess: (state) => client.setQueryData(rungQuery.queryKey, state),
  });
  const [language] = usePreference<LanguageChoice>("language", "system");
  useEffect(() => void switchLanguage(resolveLanguage(language)), [language]);
  const setLanguage = (choice: LanguageChoice) => putPreference("language", choice);
  const actions = usePaletteActions({
    setRung: (rung) => setRung.mutate(rung),
    showKeys: () => setOpen("keys"),
    setLanguage,
  });
  useAppShortcuts({
    palette: () => setOpen((was) => (was === "palette" ? null : "palette")),
    keys: () => setOpen("keys"),
    rail: fold,
  });

  const profile = info.data?.profile;
  const screen = SCREENS.find(({ id }) => pathname.startsWith(`/${id}`))?.id;
  const title = [screen ? t(`screen.${screen}`) : null, profile?.name, "Greenroom"]
    .filter(Boolean)
    .join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    // Two frames on, the first one is on the screen: what the bench calls painted.
    const told = requestAnimationFrame(() =>
      requestAnimationFrame(() => void api.pagePainted("shell").catch(() => {})),
    );
    return () => cancelAnimationFrame(told);
  }, []);

  const needsProfile = info.data !== undefined && profile === null && screen !== "settings";
  const style = profile ? ({ "--profile": profile.colour } as CSSProperties) : undefined;
  return (
    <div className={folded ? "win folded" : "win"} style={style}>
      <TopBar onFind={() => setOpen("palette")} />
      <Rail folded={folded} onFold={fold} />
      <main className="main">
        {info.isError ? (
          <ErrorState error={info.error} onRetry={() => info.refetch()} />
        ) : needsProfile ? (
          <Suspense>
            <FirstRun />
          </Suspense>
        ) : (
          <Outlet />
        )}
      </main>
      <StatusBar />
      <Suspense>
        {open === "palette" && <Palette onClose={() => setOpen(null)} actions={actions} />}
        {open === "keys" && <ShortcutSheet onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}
