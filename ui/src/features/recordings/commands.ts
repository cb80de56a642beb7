// The same reads as other tools would make them. The key is quoted for a POSIX shell.
import type { Recording } from "../../ipc";
import type { Command } from "../../shared/detail";

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export const recordingCommands = ({ id, file_path }: Pick<Recording, "id" | "file_path">): Command[] => [
  { tool: "greenroom", text: `greenroom recording show ${id}` },
  { tool: "greenroom", text: `greenroom recording serve ${id}` },
  { tool: "psql", text: `psql -c "SELECT * FROM meeting_recordings WHERE id = ${id}"` },
  { tool: "s5cmd", text: `s5cmd cp ${quoted(`s3://meeting-system/${file_path}`)} .` },
];
