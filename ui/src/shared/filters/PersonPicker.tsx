// Picks a person by name, e-mail or username; the value is the id. Reads at most eight at a time.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ipc";
import { ErrorLine, SkeletonLines } from "../feedback";
import { SearchBox } from "./SearchBox";

const FOUND = 8;
const personName = (user: { full_name: string | null; username: string }) => user.full_name ?? user.username;

/** A person's name by id, for chips; the id itself until it is known. */
export function PersonName({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ["user", id],
    queryFn: () => api.userGet(id),
    staleTime: 5 * 60_000,
    enabled: /^\d+$/.test(id),
  });
  return <>{data ? personName(data) : id}</>;
}

export function PersonPicker({
  values,
  onPick,
}: {
  values: readonly string[];
  onPick: (id: string) => void;
}) {
  const { t } = useTranslation("grid");
  const [text, setText] = useState("");
  const found = useQuery({
    queryKey: ["user_find", text],
    queryFn: () =>
      api.userList({
        filter: { search: text === "" ? null : text, terms: [] },
        sort: { by: "username", descending: false },
        page: { after: null, limit: FOUND },
      }),
    staleTime: 60_000,
  });
  return (
    <div className="picker">
      <SearchBox value={text} placeholder={t("findPerson")} onSearch={setText} />
      {found.isError && <ErrorLine error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <SkeletonLines lines={4} />}
      <div role="listbox" aria-label={t("findPerson")} className="picker-list">
        {found.data?.items.map((user) => (
          <button
            type="button"
            role="option"
            aria-selected={values.includes(user.id)}
            className="picker-row"
            key={user.id}
            onClick={() => onPick(user.id)}
          >
            <span className="mid cut">{personName(user)}</span>
            <span className="mono mut cut">{user.username}</span>
          </button>
        ))}
        {found.data?.items.length === 0 && <div className="mut small">{t("nobodyFound")}</div>}
      </div>
    </div>
  );
}
