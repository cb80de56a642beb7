// The heading of a detail, as a pane beside a list or as a page: title, state, facts in one line, and the same few actions everywhere.
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ipc";
import { copyText } from "../grid/clipboard";
import { toLink } from "../hooks";
import { Icon, type IconName } from "../theme";
import { say } from "./say";

export type Variant = "pane" | "page";
/** A read as another tool would do it; the command is no translated text. */
export type Command = { tool: string; text: string };

type DetailHeadProps = {
  variant: Variant;
  title: ReactNode;
  state?: ReactNode;
  facts?: ReactNode;
  route: string;
  commands: readonly Command[];
  onOpen?: () => void;
  onClose?: () => void;
  actions?: ReactNode;
  picture?: ReactNode;
};

export function DetailHead(props: DetailHeadProps) {
  const { t } = useTranslation(["grid", "shared"]);
  const { variant, route } = props;
  return (
    <header className={`detail-head detail-head-${variant}`}>
      {props.picture}
      <div className="grow">
        <div className="row detail-line">
          <h1 className="detail-title cut" title={typeof props.title === "string" ? props.title : undefined}>
            {props.title}
          </h1>
          {props.state}
          <span className="push row detail-actions">
            {props.actions}
            <CopyAs commands={props.commands} />
            <HeadAction
              icon="link"
              label={t("shared:action.copyLink")}
              onClick={() => {
                void copyText(toLink(route)).then(() => say(t("grid:linkCopied")));
              }}
            />
            <HeadAction
              icon="window"
              label={t("shared:action.openNewWindow")}
              onClick={() => void api.windowOpen(route).catch(() => {})}
            />
            {props.onOpen && (
              <HeadAction icon="fullscreen" label={t("grid:openAsPage")} onClick={props.onOpen} />
            )}
            {props.onClose && (
              <HeadAction icon="close" label={t("shared:action.close")} onClick={props.onClose} />
            )}
          </span>
        </div>
        {props.facts && <div className="detail-facts">{props.facts}</div>}
      </div>
    </header>
  );
}

function HeadAction({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Copies the same read as a command of another tool: the window teaches. */
export function CopyAs({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation("grid");
  if (commands.length === 0) return null;
  return (
    <Menu position="bottom-end" width={420}>
      <Menu.Target>
        <Tooltip label={t("copyAs")}>
          <ActionIcon aria-label={t("copyAs")}>
            <Icon name="terminal" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("copyAs")}</Menu.Label>
        {commands.map(({ tool, text }) => (
          <Menu.Item
            key={`${tool}${text}`}
            onClick={() => void copyText(text).then(() => say(t("commandCopied", { tool })))}
          >
            <span className="mid">{tool}</span>
            <span className="mono mut detail-command">{text}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
