// The same reads as other tools would make them. Ids are digits; nothing else goes into these lines.
import type { Meeting } from "../../ipc";
import type { Command } from "../../shared/detail";

export function meetingCommands({ id }: Pick<Meeting, "id">): Command[] {
  return [
    { tool: "greenroom", text: `greenroom meeting show ${id}` },
    { tool: "psql", text: `psql -c "SELECT * FROM meetings WHERE id = ${id}"` },
    {
      tool: "psql",
      text: `psql -c "SELECT * FROM meeting_participants WHERE meeting_id = ${id} ORDER BY join_time"`,
    },
    { tool: "redis-cli", text: `redis-cli GET room:${id}` },
    {
      tool: "mongosh",
      text: `mongosh --eval 'db.chat_history.find({ meeting_id: ${id} }).sort({ timestamp: 1 }).limit(100)'`,
    },
    { tool: "s5cmd", text: `s5cmd ls 's3://meeting-system/recordings/meeting_${id}/*'` },
  ];
}
