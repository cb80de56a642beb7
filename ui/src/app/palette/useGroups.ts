// The palette's rows for what is typed: recents, screens and actions from here; people, meetings and recordings from `search`.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { LanguageChoice } from "../../i18n";
import { LANGUAGE_NAME, LANGUAGES } from "../../i18n";
import {
  api,
  type Meeting,
  type Recording,
  type Rung,
  type User,
  useAppInfo,
  usePreference,
  useRung,
} from "../../ipc";
import { useFormat } from "../../shared/format";
import { toLink } from "../../shared/hooks";
import { TIME_MODES, useTimeMode } from "../../shared/time";
import type { Scheme } from "../App";
import { openWindow } from "../openWindow";
import { screenAddress } from "../remember";
import { SCREENS } from "../screens";
import {
  answering,
  bareId,
  meetingHref,
  type PaletteGroup,
  type PaletteItem,
  parsePasted,
  type Recent,
  recordingHref,
  userHref,
} from "./items";

const NO_RECENTS: Recent[] = [];
export const useRecents = () => usePreference<Recent[]>("palette.recent", NO_RECENTS);

type Does = {
  setRung: (rung: Rung) => void;
  showKeys: () => void;
  setLanguage: (choice: LanguageChoice) => void;
};

export function usePaletteActions({ setRung, showKeys, setLanguage }: Does): PaletteItem[] {
  const { t } = useTranslation("app");
  const [, setScheme] = usePreference<Scheme>("theme", "auto");
  const [, setMode] = useTimeMode();
  const { data: rung } = useRung();
  const profile = useAppInfo().data?.profile;
  const schemes = (["light", "dark", "auto"] as const).map(
    (scheme): PaletteItem => ({
      key: `theme:${scheme}`,
      icon: scheme === "light" ? "sun" : scheme === "dark" ? "moon" : "settings",
      label: t(`palette.theme.${scheme}`),
      words: "theme light dark appearance 主题 外观 浅色 深色",
      run: () => setScheme(scheme),
    }),
  );
  const languages = LANGUAGES.map(
    (language): PaletteItem => ({
      key: `language:${language}`,
      icon: "language",
      label: t("palette.language", { language: LANGUAGE_NAME[language] }),
      words: "language english chinese 语言 中文",
      run: () => setLanguage(language),
    }),
  );
  const modes = TIME_MODES.map(
    (mode): PaletteItem => ({
      key: `time:${mode}`,
      icon: "clock",
      label: t("palette.time", { mode: t(`timeMode.${mode}`) }),
      words: "time utc local 时间 时区",
      run: () => setMode(mode),
    }),
  );
  const rungs: PaletteItem[] =
    rung && profile
      ? [
          {
            key: "rung",
            icon: rung.rung === "edit" ? "eye" : "pencil",
            label: rung.rung === "edit" ? t("palette.toObserve") : t("palette.toEdit"),
            words: "rung edit observe write 编辑 观察 写入",
            disabled: rung.read_only ? t("rung.readOnlyShort") : undefined,
            run: () => setRung(rung.rung === "edit" ? "observe" : "edit"),
          },
        ]
      : [];
  return [
    ...rungs,
    ...schemes,
    ...languages,
    ...modes,
    {
      key: "keys",
      icon: "keyboard",
      label: t("palette.showKeys"),
      words: "shortcuts keys help 快捷键",
      keys: "?",
      run: showKeys,
    },
    {
      key: "profiles",
      icon: "server",
      label: t("profile.manage"),
      words: "profile connection 配置档 连接",
      href: "/settings?section=profiles",
    },
  ];
}

function useEntityItems() {
  const { t } = useTranslation("app");
  const format = useFormat();
  const common = (href: string, id: string): PaletteItem[] => [
    { key: `${href}:window`, icon: "window", label: t("palette.newWindow"), run: () => openWindow(href) },
    {
      key: `${href}:link`,
      icon: "link",
      label: t("palette.copyLink"),
      run: () => void navigator.clipboard?.writeText(toLink(href)),
    },
    {
      key: `${href}:id`,
      icon: "copy",
      label: t("palette.copyId", { id }),
      run: () => void navigator.clipboard?.writeText(id),
    },
  ];
  const filtered = (screen: string, chip: string) =>
    `/${screen}?f=${encodeURIComponent(JSON.stringify([chip]))}`;
  return {
    user: (user: User): PaletteItem => ({
      key: `user:${user.id}`,
      icon: "user",
      label: user.full_name ?? user.username,
      detail: [user.username, user.status].filter(Boolean).join(" · "),
      href: userHref(user),
      actions: [
        {
          key: `user:${user.id}:meetings`,
          icon: "meetings",
          label: t("palette.meetingsOf"),
          href: filtered("meetings", `participant=${user.id}`),
        },
        ...common(userHref(user), user.id),
      ],
    }),
    meeting: (meeting: Meeting): PaletteItem => ({
      key: `meeting:${meeting.id}`,
      icon: "meetings",
      label: meeting.title,
      detail: [meeting.id, meeting.creator_name, format.moment(meeting.start_time)]
        .filter(Boolean)
        .join(" · "),
      href: meetingHref(meeting),
      actions: [
        {
          key: `meeting:${meeting.id}:recordings`,
          icon: "recordings",
          label: t("palette.recordingsOf"),
          href: filtered("recordings", `meeting=${meeting.id}`),
        },
        ...common(meetingHref(meeting), meeting.id),
      ],
    }),
    recording: (recording: Recording): PaletteItem => ({
      key: `recording:${recording.id}`,
      icon: "recordings",
      label: recording.meeting_title ?? recording.file_path,
      detail: [recording.id, format.duration(recording.duration_s), recording.file_path.split("/").pop()]
        .filter(Boolean)
        .join(" · "),
      href: recordingHref(recording),
      actions: common(recordingHref(recording), recording.id),
    }),
  };
}

function usePasted(text: string): PaletteItem[] {
  const { t } = useTranslation("app");
  const pasted = parsePasted(text);
  const id = bareId(text);
  const open = (kind: "meeting" | "user" | "recording", of: string): PaletteItem => ({
    key: `open:${kind}:${of}`,
    icon: kind === "meeting" ? "meetings" : kind === "user" ? "user" : "recordings",
    label: t(`palette.open.${kind}`, { id: of }),
    href: kind === "meeting" ? `/meetings/${of}` : kind === "user" ? `/people/${of}` : `/recordings/${of}`,
  });
  if (pasted?.kind === "link")
    return [
      {
        key: "open:link",
        icon: "link",
        label: t("palette.open.link"),
        detail: pasted.href,
        href: pasted.href,
      },
    ];
  if (pasted) return [open(pasted.kind, pasted.id)];
  return id ? [open("meeting", id), open("user", id), open("recording", id)] : [];
}

export function usePaletteGroups(text: string, asked: string, actions: PaletteItem[]) {
  const { t } = useTranslation("app");
  const [recents] = useRecents();
  const entity = useEntityItems();
  const pasted = usePasted(text);
  const profile = useAppInfo().data?.profile;
  const wanted = asked.trim();
  const findings = useQuery({
    queryKey: ["search", wanted],
    queryFn: () => api.search(wanted),
    enabled: wanted.length > 0 && !!profile && parsePasted(wanted)?.kind !== "link",
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    gcTime: 30_000,
  });
  const typed = text.trim();
  const screens = SCREENS.map(
    (screen, at): PaletteItem => ({
      key: `screen:${screen.id}`,
      icon: screen.icon,
      label: t(`screen.${screen.id}`),
      words: screen.id,
      href: screenAddress(screen.id),
      keys: `mod+${at + 1}`,
    }),
  );
  const found = typed && wanted ? findings.data : undefined;
  const groups: PaletteGroup[] = [
    { id: "pasted", title: t("palette.group.pasted"), items: pasted },
    {
      id: "recent",
      title: t("palette.group.recent"),
      items: typed ? [] : recents.map((recent): PaletteItem => ({ key: `recent:${recent.href}`, ...recent })),
    },
    {
      id: "screens",
      title: t("palette.group.screens"),
      items: answering(screens, typed),
    },
    { id: "people", title: t("screen.people"), items: (found?.users ?? []).map(entity.user) },
    { id: "meetings", title: t("screen.meetings"), items: (found?.meetings ?? []).map(entity.meeting) },
    {
      id: "recordings",
      title: t("screen.recordings"),
      items: (found?.recordings ?? []).map(entity.recording),
    },
    {
      id: "actions",
      title: t("palette.group.actions"),
      items: answering(actions, typed),
    },
  ];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    searching: findings.isFetching || (typed !== wanted && typed !== ""),
    problems: typed ? [...(findings.error ? [findings.error.api] : []), ...(found?.problems ?? [])] : [],
  };
}
