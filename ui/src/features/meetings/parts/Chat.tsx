// The chat: its last lines, more on request, page by page. A message that is no proper document shows its raw self.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type ChatMessage, type Meeting } from "../../../ipc";
import { Part, PersonLink } from "../../../shared/detail";
import { ErrorLine } from "../../../shared/feedback";
import { useFormat } from "../../../shared/format";
import { chatQuery } from "../queries";

const byTime = (a: ChatMessage, b: ChatMessage) => (a.timestamp ?? "").localeCompare(b.timestamp ?? "");
const PAGE = 200;

export function Chat({ meeting, lines }: { meeting: Meeting; lines: number }) {
  const { t } = useTranslation(["meetings", "shared"]);
  const format = useFormat();
  const query = useQuery(chatQuery(meeting.id, meeting.live));
  const [all, setAll] = useState(false);
  return (
    <Part
      title={t("part.chat")}
      store="mongodb"
      query={query}
      asOf={(data) => data.as_of}
      note={(data) => {
        const count = data.items.length;
        const words =
          data.next === null
            ? t("messages", { count })
            : t("messagesAtLeast", { value: format.integer(count) });
        return meeting.live ? t("following", { words }) : words;
      }}
      lines={lines}
    >
      {(data) => {
        const messages = [...data.items].sort(byTime);
        if (messages.length === 0) return <p className="mut small">{t("noChat")}</p>;
        if (all) return <WholeChat id={meeting.id} onLess={() => setAll(false)} />;
        // A live chat is looked at from its end, one that is over from its beginning.
        const shown = meeting.live ? messages.slice(-lines) : messages.slice(0, lines);
        return (
          <>
            {shown.map((message) => (
              <Message key={message.id} message={message} />
            ))}
            {(messages.length > lines || data.next !== null) && (
              <div className="more-line">
                <button type="button" className="link" onClick={() => setAll(true)}>
                  {t("showChat")}
                </button>
              </div>
            )}
          </>
        );
      }}
    </Part>
  );
}

function WholeChat({ id, onLess }: { id: string; onLess: () => void }) {
  const { t } = useTranslation("meetings");
  const pages = useInfiniteQuery({
    queryKey: ["meeting", id, "chat_pages"],
    queryFn: ({ pageParam }) => api.meetingChat(id, { after: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    maxPages: 20,
  });
  const messages = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
      {pages.isError && <ErrorLine error={pages.error} onRetry={() => void pages.fetchNextPage()} />}
      <div className="more-line">
        {pages.hasNextPage && (
          <button
            type="button"
            className="link"
            disabled={pages.isFetching}
            onClick={() => void pages.fetchNextPage()}
          >
            {t("moreChat")}
          </button>
        )}
        <button type="button" className="link" onClick={onLess}>
          {t("less")}
        </button>
      </div>
    </>
  );
}

function Message({ message }: { message: ChatMessage }) {
  const { t } = useTranslation("meetings");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const name = message.sender_name ?? message.sender_id ?? t("someone");
  return (
    <>
      <div className={open ? "chat-line is-open" : "chat-line"}>
        <span className="mut num" title={message.timestamp ? format.exact(message.timestamp) : undefined}>
          {message.timestamp ? format.time(message.timestamp) : format.dash}
        </span>
        <span className="mid cut">
          {message.sender_id ? <PersonLink id={message.sender_id}>{name}</PersonLink> : name}
        </span>
        <button
          type="button"
          className="fg-2 cut chat-text"
          dir="auto"
          title={message.message}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {message.message}
        </button>
      </div>
      {message.undecoded !== null && <pre className="raw">{JSON.stringify(message.undecoded, null, 2)}</pre>}
    </>
  );
}
