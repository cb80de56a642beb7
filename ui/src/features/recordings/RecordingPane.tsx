// The facts of one recording beside the list, with its picture; playing it is a page.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DetailHead, MeetingLink } from "../../shared/detail";
import { CopyButton, ErrorState, SkeletonLines, StateWord } from "../../shared/feedback";
import { useFormat } from "../../shared/format";
import { placeOf } from "../../shared/player";
import { Icon } from "../../shared/theme";
import { recordingCommands } from "./commands";
import { FileActions } from "./FileActions";
import { recordingQuery } from "./queries";
import { Thumbnail } from "./Thumbnail";
import { recordingStatus } from "./words";

export function RecordingPane({
  id,
  onOpen,
  onClose,
}: {
  id: string;
  onOpen: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("recordings");
  const format = useFormat();
  const query = useQuery(recordingQuery(id));
  const recording = query.data;
  if (recording === undefined) {
    return query.isError ? (
      <ErrorState
        error={query.error}
        title={t("recordingFailed", { id })}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <div className="part">
        <SkeletonLines lines={8} />
      </div>
    );
  }
  const { tone, word } = recordingStatus(t, recording);
  const place = placeOf(id);
  return (
    <>
      <DetailHead
        variant="pane"
        title={<span dir="auto">{recording.meeting_title ?? recording.id}</span>}
        state={
          <StateWord tone={tone} className="small">
            {word}
          </StateWord>
        }
        route={`/recordings/${recording.id}`}
        commands={recordingCommands(recording)}
        onOpen={onOpen}
        onClose={onClose}
        facts={
          <>
            <span className="mono">{recording.id}</span>
            <span>{recording.duration_s === null ? format.dash : format.clock(recording.duration_s)}</span>
            <span>{format.size(recording.size_bytes)}</span>
          </>
        }
      />
      <div className="pane-scroll parts">
        <div className="part">
          <button type="button" className="pane-picture" onClick={onOpen} aria-label={t("playIt")}>
            <Thumbnail id={recording.id} large />
          </button>
          <div className="row" style={{ marginTop: 10 }}>
            <Button variant="filled" leftSection={<Icon name="play" size={14} />} onClick={onOpen}>
              {place === null ? t("playIt") : t("goOnFrom", { at: format.clock(place) })}
            </Button>
            <FileActions id={recording.id} />
          </div>
        </div>
        <section className="part" aria-label={t("facts")}>
          <dl className="facts">
            <dt>{t("column.meeting")}</dt>
            <dd>
              <MeetingLink id={recording.meeting_id}>
                {recording.meeting_title ?? recording.meeting_id}
              </MeetingLink>
            </dd>
            <dt>{t("column.file")}</dt>
            <dd className="mono" title={recording.file_path}>
              {recording.file_path}
            </dd>
            <dt />
            <dd>
              <CopyButton text={recording.file_path} />
            </dd>
            <dt>{t("column.format")}</dt>
            <dd>{recording.format ?? format.dash}</dd>
            <dt>{t("column.created")}</dt>
            <dd>{recording.created_at ? format.exact(recording.created_at) : format.dash}</dd>
            <dt>{t("column.updated")}</dt>
            <dd>{recording.updated_at ? format.exact(recording.updated_at) : format.dash}</dd>
          </dl>
        </section>
      </div>
    </>
  );
}
