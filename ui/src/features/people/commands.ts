// The same reads as other tools would make them. Ids are digits; nothing else goes into these lines.
import type { User } from "../../ipc";
import type { Command } from "../../shared/detail";

export const personCommands = ({ id }: Pick<User, "id">): Command[] => [
  { tool: "greenroom", text: `greenroom user show ${id}` },
  {
    tool: "psql",
    text: `psql -c "SELECT id, username, email, full_name, status, role, created_at FROM users WHERE id = ${id}"`,
  },
  {
    tool: "redis-cli",
    text: "redis-cli --scan --pattern 'session:*'",
  },
  { tool: "s5cmd", text: `s5cmd ls 's3://meeting-system/media/avatars/user_${id}.*'` },
];
