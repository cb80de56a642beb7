// One block of a detail: heading, store and age, and its own loading, failure and data, whatever its neighbours do. A store that is away
// leaves a hatch where its data would be; what was read before stays, with its age.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ApiFailure, StoreKind } from "../../ipc";
import { ErrorLine, Gap, SkeletonLines, SourceTag } from "../feedback";
import { useStoreBack } from "./useStoreBack";

type PartProps<T> = {
  title: string;
  store: StoreKind;
  query: UseQueryResult<T, ApiFailure>;
  asOf?: (data: T) => string | null;
  /** Beside the age: a count, a bound. */
  note?: (data: T) => ReactNode;
  end?: ReactNode;
  lines?: number;
  className?: string;
  children: (data: T) => ReactNode;
};

export function Part<T>({
  title,
  store,
  query,
  asOf,
  note,
  end,
  lines = 3,
  className,
  children,
}: PartProps<T>) {
  const { data } = query;
  useStoreBack(store, () => {
    if (query.isError) void query.refetch();
  });
  const away = query.error?.api.code === "store_down";
  const at = data === undefined ? null : (asOf?.(data) ?? new Date(query.dataUpdatedAt).toISOString());
  return (
    <section className={`part${className ? ` ${className}` : ""}`} aria-label={title}>
      <h2 className="sec-title">
        {title}
        <SourceTag store={store} at={at} />
        {data !== undefined && note && <span className="sub">{note(data)}</span>}
        {end && <span className="end">{end}</span>}
      </h2>
      <div className="part-body">
        {data !== undefined && children(data)}
        {data === undefined && query.isPending && <SkeletonLines lines={lines} />}
        {query.isError && data === undefined && away && <AwayGap onRetry={() => void query.refetch()} />}
        {query.isError && !(away && data === undefined) && (
          <ErrorLine error={query.error} onRetry={() => void query.refetch()} />
        )}
      </div>
    </section>
  );
}

function AwayGap({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation("shared");
  return (
    <Gap
      height={56}
      action={
        <button type="button" className="link" onClick={onRetry}>
          {t("action.retry")}
        </button>
      }
    >
      {t("unavailable")}
    </Gap>
  );
}

/** "stopped at 200" where a list was cut at its bound. */
export function Stopped({ at, when }: { at: number; when: boolean }) {
  const { t } = useTranslation("shared");
  return when ? <span className="tone-warn">{t("count.truncated", { value: at })}</span> : null;
}
