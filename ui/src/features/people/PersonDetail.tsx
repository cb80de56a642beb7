// One person over three stores: account, permissions and meetings (PostgreSQL), live sessions (Redis), picture (S3).
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { User } from "../../ipc";
import { DetailHead, type Variant } from "../../shared/detail";
import { CopyButton, ErrorState, PartialBanner, SkeletonLines, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { Avatar } from "./Avatar";
import { personCommands } from "./commands";
import { Meetings } from "./parts/Meetings";
import { Permissions } from "./parts/Permissions";
import { Sessions } from "./parts/Sessions";
import "./people.css";
import { userQuery } from "./queries";
import { StatusAction } from "./StatusAction";
import { personName, personRole, personStatus } from "./words";

type PersonDetailProps = { id: string; variant: Variant; onOpen?: () => void; onClose?: () => void };

export function PersonDetail({ id, variant, onOpen, onClose }: PersonDetailProps) {
  const { t } = useTranslation("people");
  const query = useQuery(userQuery(id));
  const user = query.data;
  if (user === undefined) {
    return query.isError ? (
      <ErrorState
        error={query.error}
        title={t("personFailed", { id })}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <div className="part">
        <SkeletonLines lines={8} />
      </div>
    );
  }
  return (
    <>
      <Head user={user} variant={variant} onOpen={onOpen} onClose={onClose} />
      <PartialBanner
        stores={variant === "page" ? ["postgres", "redis"] : ["redis"]}
        missing={{ postgres: t("missing.postgresHere"), redis: t("missing.redis") }}
      />
      {variant === "pane" ? (
        <div className="pane-scroll parts">
          <Account user={user} />
          <Sessions id={user.id} />
          <Permissions id={user.id} />
          <Meetings id={user.id} variant="pane" />
        </div>
      ) : (
        <div className="detail-columns">
          <div className="parts">
            <Meetings id={user.id} variant="page" />
          </div>
          <div className="parts">
            <Account user={user} />
            <Sessions id={user.id} />
            <Permissions id={user.id} />
          </div>
        </div>
      )}
    </>
  );
}

function Head({ user, variant, onOpen, onClose }: { user: User } & Omit<PersonDetailProps, "id">) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const { tone, word } = personStatus(t, user);
  return (
    <DetailHead
      variant={variant}
      picture={<Avatar user={user} size={variant === "page" ? 44 : 40} />}
      title={<span dir="auto">{personName(user)}</span>}
      state={
        <StateWord tone={tone} className="small">
          {word}
        </StateWord>
      }
      route={`/people/${user.id}`}
      commands={personCommands(user)}
      onOpen={onOpen}
      onClose={onClose}
      actions={<StatusAction user={user} />}
      facts={
        <>
          <span className="mono">{user.id}</span>
          <span className="mono cut">{user.username}</span>
          <span>{personRole(t, user.role)}</span>
          {user.created_at && (
            <span title={format.exact(user.created_at)}>
              {t("since", { at: format.day(user.created_at) })}
            </span>
          )}
        </>
      }
    />
  );
}

function Account({ user }: { user: User }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const moment = (at: string | null) => (at === null ? format.dash : format.exact(at));
  return (
    <section className="part" aria-label={t("part.account")}>
      <dl className="facts">
        <dt>{t("column.email")}</dt>
        <dd title={user.email}>
          {user.email} <CopyButton text={user.email} />
        </dd>
        <dt>{t("column.username")}</dt>
        <dd className="mono">{user.username}</dd>
        <dt>{t("column.created")}</dt>
        <dd>{moment(user.created_at)}</dd>
        <dt>{t("column.updated")}</dt>
        <dd>{moment(user.updated_at)}</dd>
        {user.deleted_at !== null && (
          <>
            <dt>{t("column.deleted")}</dt>
            <dd className="tone-down">{moment(user.deleted_at)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
