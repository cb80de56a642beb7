// The meetings a person took part in, newest first, page by page.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Attendance, api } from "../../../ipc";
import { MeetingLink, type Variant } from "../../../shared/detail";
import { ErrorLine, SkeletonLines, SourceTag } from "../../../shared/feedback";
import { useFormat } from "../../../shared/format";

const PAGE = { pane: 12, page: 60 } as const;

export function Meetings({ id, variant }: { id: string; variant: Variant }) {
  const { t } = useTranslation("people");
  const pages = useInfiniteQuery({
    queryKey: ["user", id, "meetings", variant],
    queryFn: ({ pageParam }) => api.userMeetings(id, { after: pageParam, limit: PAGE[variant] }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const words = pages.hasNextPage ? t("soFar", { count: items.length }) : t("count", { count: items.length });
  return (
    <section className="part" aria-label={t("part.meetings")}>
      <h2 className="sec-title">
        {t("part.meetings")}
        <SourceTag store="postgres" at={pages.data?.pages[0]?.as_of ?? null} />
        {pages.data && <span className="sub">{words}</span>}
      </h2>
      {pages.isPending && <SkeletonLines lines={6} />}
      {pages.data && items.length === 0 && <p className="mut small">{t("noMeetings")}</p>}
      {items.map((one) => (
        <Line key={`${one.meeting_id} ${one.join_time}`} attendance={one} />
      ))}
      {pages.isError && <ErrorLine error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.hasNextPage && (
        <div className="more-line">
          <button
            type="button"
            className="link"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t("more")}
          </button>
        </div>
      )}
    </section>
  );
}

function Line({ attendance }: { attendance: Attendance }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const { join_time: joined, leave_time: left } = attendance;
  const stayed = joined && left ? (new Date(left).getTime() - new Date(joined).getTime()) / 1000 : null;
  const roles = ["host", "participant", "presenter", "co_host", "guest"] as const;
  const role = roles.find((one) => one === attendance.role);
  return (
    <div className="attendance-line">
      <span className="mut num cut" title={format.exact(attendance.start_time)}>
        {format.moment(attendance.start_time)}
      </span>
      <span className="cut" dir="auto">
        <MeetingLink id={attendance.meeting_id}>{attendance.title}</MeetingLink>
      </span>
      <span className="mut cut">{role ? t(`part_in.${role}`) : (attendance.role ?? format.dash)}</span>
      <span className="num end-aligned fg-2">
        {joined && !left && attendance.status === "active" ? (
          <span className="tone-accent">{t("inside")}</span>
        ) : (
          format.duration(stayed)
        )}
      </span>
    </div>
  );
}
